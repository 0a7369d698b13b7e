import express, { Router } from "express";
import users from "./users";

const app = express();
const api = express.Router();
const cache = new Map<string, string>();

cache.get("/x");
cache.get("/x", 1);
app.get("env");
axios.get("/api/y", options);
request(app).get("/tested", done);

app.get("/health", health);
app.all("/files/*", (req, res) => res.end());
api.get("/users/:id", auth, (req, res) => {});
api.route("/orders").get(list).post(create);
api.delete([`/a`, "/b"], health);
api.patch(`/users/${version}`, health);
app.use("/api/v1", api);
app.use("/users", users);
app.use(cors());
app.use(express.json());
app.use(prefix, require("./late"));

export function register(server: Router) {
  server.put("/late/:name(\\d+)", health);
}

function health(req, res) {}
const list = () => {};
