FROM ruby:3.3
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle config set --local path vendor/bundle && bundle install
COPY . .
CMD ["bundle", "exec", "puma", "-C", "config/puma.rb"]
