// Feature: 027-login
package com.shop

import io.kotest.core.spec.style.StringSpec
import kotlin.math.*
import com.shop.Store as Kept

/** Keeps sessions (FR-001). */
@Entity
data class Store<T>(
    val id: Int,
    private var name: String = "x", // FR-002
    plain: Int,
) : Base(plain), Keeper by other {
    constructor(name: String) : this(1, name, 2)

    companion object {
        const val LIMIT = 30
    }

    val total: Int
        get() = 3
    lateinit var later: String
    val (left, right) = pair

    init {
        val local = 1
    }

    // FR-003
    override suspend fun keep(item: T): Boolean {
        val local = 1
        fun inner() {}
        val run = object : Runnable {
            override fun run() {}
        }
        return true
    }

    inner class Inner
}

enum class State(val code: Int) : Keeper {
    OPEN(1),
    @Deprecated("x") CLOSED(2) {
        override fun keep() = 1
    };

    abstract fun keep(): Int
}

interface Keeper {
    val depth: Int
    fun keep()
}

sealed interface Shape
object Single : Shape
annotation class Mark(val why: String)
typealias Handler = (Int) -> Unit
const val TOP = 1
val lazyTop by lazy { 3 }
fun String.shout(): String = this

@RequiresOptIn(message = "x")
@Retention(AnnotationRetention.BINARY)
annotation class Internal

class StoreTest {
    @Test
    fun throws() {
        assertFailsWith<IllegalStateException> { store.keep() }
    }

    @Test
    fun `keeps a session, FR-004`() {
        assertEquals(1, 1)
    }

    @Ignore
    @Test
    fun later() {}
}

class StoreSpec : StringSpec({
    "US1: opens" { 1 shouldBe 1 }
    "!off" { }
    "slow".config(enabled = false) { }
})

class StoreFunSpec : FunSpec({
    context("when full") {
        test("refuses") { verify { store.put() } }
        xtest("waits") { }
        test("tuned").config(invocations = 3) { }
    }
})

class StoreBehavior : BehaviorSpec() {
    init {
        Given("a store") {
            `when`("it is full") {
                then("FR-005 it refuses") { }
            }
        }
    }
}

class StoreFreeSpec : FreeSpec({
    "outer" - {
        "inner" { }
    }
})
