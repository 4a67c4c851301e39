FROM maven:3.6-jdk-14
WORKDIR /app
COPY . .
RUN mvn package
CMD ["java", "-jar", "target/shop.jar"]
