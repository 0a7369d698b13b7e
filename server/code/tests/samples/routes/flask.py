from flask import Blueprint, Flask

app = Flask(__name__)
bp = Blueprint("users", __name__, url_prefix="/users")
admin = Blueprint("admin", __name__, url_prefix="/old")


@app.route("/")
def index():
    return session.get("/no")


@app.route("/both", methods=["GET", "POST"])
@login_required
def both(): ...


@bp.get("/<int:user_id>")
def show(user_id): ...


@admin.delete("/<name>/")
def remove(name): ...


@cache.route("no")
def no(): ...


app.register_blueprint(admin, url_prefix="/new")
app.register_blueprint(orders.bp, url_prefix="/orders")
app.add_url_rule("/rule", view_func=index)
