from rust:1.80 as compile
workdir /work
copy . .
run rustup target add x86_64-unknown-linux-musl
run cargo build --release --target x86_64-unknown-linux-musl
expose 3000
cmd ["/work/target/x86_64-unknown-linux-musl/release/api"]
