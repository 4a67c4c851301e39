FROM node:20
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN env $(cat .env.production | xargs) npm run build
CMD ["node", "server.js"]
