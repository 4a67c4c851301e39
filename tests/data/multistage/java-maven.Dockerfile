FROM maven:3.9-eclipse-temurin-17-alpine
WORKDIR /build
COPY pom.xml .
RUN mvn -B dependency:go-offline
COPY src ./src
RUN mvn -B package -DskipTests
ENV JAVA_OPTS="-Xmx512m"
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "target/orders-1.0.jar"]
