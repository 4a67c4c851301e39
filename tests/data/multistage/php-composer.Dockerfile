FROM php:8.2-apache
RUN apt-get update && apt-get install -y git unzip libzip-dev libpng-dev && rm -rf /var/lib/apt/lists/*
RUN docker-php-ext-install pdo_mysql zip gd
RUN a2enmod rewrite
COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
WORKDIR /var/www/html
COPY composer.json composer.lock ./
RUN composer install --no-dev --optimize-autoloader
COPY . .
EXPOSE 80
