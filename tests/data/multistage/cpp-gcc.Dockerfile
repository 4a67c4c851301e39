FROM gcc:13
COPY . /usr/src/game
WORKDIR /usr/src/game
RUN g++ -O2 -o game main.cpp
CMD ["./game"]
