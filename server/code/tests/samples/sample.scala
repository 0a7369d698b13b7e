// Feature: 027-login
package com.shop

import org.scalatest.funsuite.AnyFunSuite
import scala.util.{Try, Success => Ok, _}
import com.shop.store.*

/** Keeps sessions (FR-001). */
@deprecated("x")
final case class Store[T](id: Int, private val name: String = "x")(implicit plain: Int) extends Base with Keeper {
  val left, right = 1
  private lazy val total: Int = 3 // FR-002
  type Alias = Int

  // FR-003
  override def keep(item: T): Boolean = {
    val local = 1
    def inner() = 1
    true
  }

  def this(name: String) = this(1, name)
}

object Store extends App {
  val Limit = 30
  def apply() = 1
}

trait Keeper {
  def keep(): Unit
  val depth: Int
}

class Shape(val width: Int, plain: Int)

enum State(val code: Int):
  case Open extends State(1)
  case Closed, Gone

package object things {
  val y = 1
}

given order: Ordering[Int] with {
  def compare(a: Int, b: Int) = 1
}

extension (s: String) def shout: String = s

class StoreSuite extends AnyFunSuite {
  test("FR-004 keeps") { assert(1 == 1) }
  ignore("later") { }
  test("off".ignore) { }
}

class StoreFlat extends AnyFlatSpec {
  "A store" should "keep US1" in { x shouldBe 1 }
  it should "throw" in { x should be (1) }
  it must "wait" ignore { }
  they can "be tagged" taggedAs (Slow) in { }
  behavior of "An empty store"
  it should "refuse" in withStore { store => assert(store.isEmpty) }
  it must "come later" is (pending)
}

class StoreWord extends AnyWordSpec {
  "A store" when {
    "full" should {
      "refuse" in { println(1) }
      "wait" ignore { }
    }
  }
}

class StoreSpec extends AnyFunSpec {
  describe("Store") {
    it("FR-005 opens") { }
  }
}

class Anonymous {
  register(new Handler {
    val depth = 1
    def handle() = 2
  })
  val ordered = new Ordering[Int](3) with Serializable { val first = 1 }
  it should "belong to nothing named before" in { }
}
