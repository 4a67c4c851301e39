# Node: everything for building in one stage, only what production needs in the other.
#
# `build` installs all dependencies, the TypeScript compiler too, and compiles into dist/. Then it prunes what only
# development needed. The second stage takes over three things: package.json, what is left in node_modules, and dist/.
# Build it from this folder:  docker build -f node-production.Dockerfile .

FROM node:24 AS build
WORKDIR /app
COPY node-production/package.json node-production/package-lock.json ./
RUN npm ci
COPY node-production/tsconfig.json ./
COPY node-production/src/ ./src/
RUN npm run build
RUN npm prune --omit=dev

FROM node:24-slim AS runtime
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
EXPOSE 3000
USER node
CMD ["node", "dist/server.js"]
