FROM ruby:3.4-alpine
RUN apk add --no-cache build-base mysql-dev tzdata
RUN bundle config --global without "development test"
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN gem update --system && bundle install
COPY . .
CMD ["bundle", "exec", "puma"]
