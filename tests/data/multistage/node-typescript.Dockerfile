FROM node:20-alpine
RUN apk add --no-cache python3 make g++ tini
WORKDIR /app
ENV NODE_ENV=development
COPY package.json yarn.lock ./
RUN yarn install --frozen-lockfile
COPY . .
RUN yarn build
ENV NODE_ENV=production
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["node", "dist/main.js"]
