from fastapi import APIRouter, FastAPI
import httpx
from . import users

app = FastAPI()
router = APIRouter(prefix="/items", tags=["items"])
v2 = APIRouter()


@app.get("/health")
async def health():
    httpx.get("/no")
    return cache.get("/no")


@router.post("/{item_id:path}", status_code=201)
@audited
def create(item_id: str):
    pass


@router.api_route("/both", methods=["GET", "PUT"])
def both(): ...


@router.get(f"/{NAME}")
def named(): ...


@v2.delete("/x")
def gone(): ...


@cached.get("x")
def no(): ...


app.include_router(router, prefix="/api")
app.include_router(users.router, prefix="/users")
app.include_router(v2, prefix=settings.prefix)
app.add_api_route("/added", health, methods=["POST"])
