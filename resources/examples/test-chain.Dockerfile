# A chain of named stages: `test` is built on `deps`, and `runtime` copies from `deps` alone.
#
# Each stage has one reason to change. A build of the last stage does not need `test`, so BuildKit leaves it out, and
# the diagram dims it. To run the tests, build them:
#   docker build -f test-chain.Dockerfile --target test .

FROM node:24-slim AS base
WORKDIR /app
COPY test-chain/package.json test-chain/package-lock.json ./

FROM base AS deps
RUN npm ci --omit=dev

FROM deps AS test
COPY test-chain/src/ ./src/
COPY test-chain/test/ ./test/
RUN node --test

FROM base AS runtime
ENV NODE_ENV=production
COPY --from=deps /app/node_modules ./node_modules
COPY test-chain/src/ ./src/
USER node
ENTRYPOINT ["node", "src/main.js"]
