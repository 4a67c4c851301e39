FROM node:18
WORKDIR /site
COPY package.json package-lock.json ./
RUN npm ci && npm install -g serve
COPY . .
RUN npm run build
EXPOSE 5000
CMD ["serve", "-s", "build", "-l", "5000"]
