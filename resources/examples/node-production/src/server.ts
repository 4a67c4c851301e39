// Counts the words of a text: a small service in TypeScript, for a build that has something to do.
import express, { type Request, type Response } from "express";
import { countWords } from "./words.js";

const app = express();
app.use(express.text({ limit: "1mb" }));

app.post("/words", (request: Request, response: Response) => {
  const text = typeof request.body === "string" ? request.body : "";
  response.json({ words: countWords(text) });
});

const port = Number(process.env.PORT ?? 3000);
app.listen(port, () => console.log(`listening on ${port}`));
