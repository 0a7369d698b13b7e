import Fastify, { type FastifyInstance, type FastifyPluginAsync } from "fastify";
import orders from "./orders";

const server = Fastify({ logger: true });
const store = new Map();
store.get("/x", () => 1);

server.get("/ping", async () => "pong");
server.route({ method: ["GET", "POST"], url: "/both", handler: both });
server.route({ method, url: "/unknown", handler: both });
server.register(users, { prefix: "/users" });
server.register(orders, { prefix: "/orders" });
server.register(async (child) => {
  child.delete("/:id", { schema }, both);
}, { prefix: "/v1" });
server.register(cors, { origin });

async function users(app: FastifyInstance) {
  app.post("/", { schema, handler: both });
}

export const plugin: FastifyPluginAsync = async (instance) => {
  instance.get("/plugged/:id", both);
};

function both() {}
