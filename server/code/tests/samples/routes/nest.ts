import { Controller, Get, Post, All } from "@nestjs/common";

@Controller("users")
export class UsersController {
  constructor(@Inject("STORE") private readonly store: Store) {}

  @Get()
  findAll() {
    return this.store.Get("/no");
  }

  @Get(":id")
  @UseGuards(AuthGuard)
  async findOne(@Param("id") id: string) {}

  @Post(["a", "b"])
  create() {}

  @All(PATH)
  rest() {}
}

@Controller({ path: "v", version: "1" })
class Versioned {
  @Get("x")
  x() {}
}

@Injectable()
class Service {
  @Get("/no")
  no() {}
}

async function bootstrap() {
  app.setGlobalPrefix("api");
}
