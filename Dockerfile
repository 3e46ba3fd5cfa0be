# One image for every process; the command says which one it is.

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
# A new volume takes over the owner of the directory it is mounted on, so these belong to whom the processes run as.
RUN for name in issuers gateway children institutions records primary-link migrate mysql; do mkdir -p "/keys/$name"; done \
  && mkdir /data && chown -R node:node /keys /data
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/data/regions ./data/regions
COPY --from=build /app/data/calendar ./data/calendar
COPY --from=build /app/schema ./schema
COPY --from=build /app/dist ./dist
USER node
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["dist/gateway/main.js"]
