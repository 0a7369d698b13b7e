using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("api/[controller]")]
public class UsersController : ControllerBase
{
    [HttpGet]
    public IActionResult All() => Ok(cache.Get("/no"));

    [HttpGet("{id:int}", Name = "Show")]
    [Authorize]
    public async Task<IActionResult> Show(int id) => Ok();

    [HttpPost]
    [Route("[action]")]
    public void Create() { }

    [HttpDelete("/absolute/{id?}")]
    public void Gone(int id) { }

    [HttpPut(Paths.Late)]
    public void Late() { }
}

public class HomeController : Controller
{
    [HttpGet]
    public IActionResult Index() => View();
}

public static class Program
{
    public static void Main()
    {
        var app = builder.Build();
        app.MapGet("/health", () => "ok");
        var group = app.MapGroup("/v1").RequireAuthorization();
        group.MapPost("/items/{id:int}", Create);
        app.MapGroup(prefix).MapDelete("/late", Create);
        app.MapControllers();
    }

    public static void MapItems(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/items", Create).WithName("x");
    }

    static void Create() { }
}
