FROM gradle:8.5-jdk21
COPY --chown=gradle:gradle . /home/gradle/src
WORKDIR /home/gradle/src
RUN gradle bootJar --no-daemon
RUN mkdir /app && cp build/libs/*.jar /app/service.jar
EXPOSE 8080
CMD java $JAVA_OPTS -jar /app/service.jar
