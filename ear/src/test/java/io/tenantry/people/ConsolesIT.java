package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.LiveHeap;
import io.tenantry.cluster.Results;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Consoles through socket, server and SSH to the sandbox and back, all on this machine: refused access, echo latency while many type and some
 * do not read, and the cost of each. {@code -Dtenantry.consoles=200} for many.
 */
@RunAsClient
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("measured")
class ConsolesIT extends Deployments {
    private static final String SLUG = "consoles-a";
    private static final String HOST = SLUG + ".localhost";
    private static final String ORIGIN = "http://" + HOST;
    private static final int MANY_SHORT = 20;
    private static final int MANY = Integer.getInteger("tenantry.consoles", MANY_SHORT);
    private static final int KEYS = MANY > MANY_SHORT ? 40 : 20;
    private static final int LINE = 10;
    private static final long KEY_EVERY_MILLIS = 300;
    private static final double P95_MAX_MILLIS = 50;
    private static final long EACH_MAX_BYTES = 1_000_000;

    private static final List<ConsoleSocket> OPEN = new ArrayList<>();
    private static final ExecutorService PEOPLE = Executors.newCachedThreadPool();
    private static BrowserTestSetup.Made brand;
    private static BrowserTestSetup.Made made;
    private static Reader olga;

    @BeforeAll
    static void prepare() {
        brand = BrowserTestSetup.brand(SLUG);
        made = BrowserTestSetup.console(SLUG, brand, "web-8");
        olga = new Reader(HOST, "en");
        olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
    }

    @AfterAll
    static void part() throws IOException {
        for (var one : OPEN) {
            one.close();
        }
        PEOPLE.shutdownNow();
        olga.close();
    }

    @Test
    @Order(1)
    void socketRequiresSameOriginAndSignIn() throws IOException {
        assertThat(status("http://evil.example", olga.cookies())).isEqualTo(403);
        assertThat(status(ORIGIN, "language=en")).isEqualTo(401);
        assertThat(status(ORIGIN, olga.cookies())).isEqualTo(101);
    }

    @Test
    @Order(2)
    void rejectsMissingOrInvalidToken() throws IOException {
        try (var socket = knock()) {
            socket.send("{\"here\":true}");
            assertThat(socket.awaitClose()).isEqualTo(4002);
        }
        try (var socket = knock()) {
            socket.send("{\"token\":\"" + "A".repeat(43) + "\"}");
            assertThat(socket.awaitClose()).isEqualTo(4002);
        }
        try (var socket = knock()) {
            socket.send("not json");
            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
    }

    @Test
    @Order(3)
    void tokenOpensOnceAndOnlyInItsSession() throws IOException {
        var token = token(olga);
        try (var socket = knock();
                var again = knock()) {
            open(socket, token);
            again.send("{\"token\":\"" + token + "\"}");
            assertThat(again.awaitClose()).isEqualTo(4002);
        }
        try (var other = new Reader(HOST, "en")) {
            other.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            try (var socket = new ConsoleSocket(HOST, ORIGIN, other.cookies())) {
                socket.send("{\"token\":\"" + token(olga) + "\"}");
                assertThat(socket.awaitClose()).isEqualTo(4002);
            }
        }
    }

    @Test
    @Order(4)
    void serviceWithoutServerHasNoConsole() throws IOException {
        try (var socket = knock()) {
            socket.send("{\"token\":\"" + token(olga, brand.id("service")) + "\"}");
            assertThat(socket.awaitClose()).isEqualTo(4004);
        }
    }

    @Test
    @Order(5)
    void disconnectsClientThatSendsTooMuch() throws IOException {
        try (var socket = knock()) {
            socket.send("{\"token\":\"" + token(olga) + "\",\"columns\":90,\"rows\":30}");
            socket.await("# ");
            var paste = "x".repeat(60_000);
            for (var i = 0; i < 4; i++) {
                socket.type(paste);
            }
            assertThat(socket.awaitClose()).isEqualTo(4013);
        }
    }

    /** Some do not read at all, although their servers send output; the others type, and wait for each echo. */
    @Test
    @Order(6)
    void nonReadingClientsDoNotStallManyOthers() throws Exception {
        var server = RunningServer.get().server().process();
        var before = LiveHeap.of(server);
        for (var i = 0; i < MANY; i++) {
            var socket = knock();
            OPEN.add(socket);
            open(socket, token(olga));
        }
        var each = (LiveHeap.of(server) - before) / MANY;
        var silent = Math.max(1, MANY / 10);
        for (var one : OPEN.subList(0, silent)) {
            one.type("echo " + "y".repeat(4_000) + " > f; cat f f f f f f f f\r");
            for (var i = 0; i < 20; i++) {
                one.type("cat f f f f f f f f f f f f f f f f\r");
            }
        }
        var typing = new ArrayList<Callable<double[]>>();
        OPEN.subList(silent, MANY).forEach(one -> typing.add(() -> type(one)));
        var millis = new ArrayList<double[]>();
        for (Future<double[]> one : PEOPLE.invokeAll(typing)) {
            millis.add(one.get());
        }
        var all = millis.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        var p50 = all[all.length / 2];
        var p95 = all[all.length * 95 / 100];
        var p99 = all[all.length * 99 / 100];
        Results.showOutcome(String.format(
                Locale.ROOT,
                "%d consoles, %d of them not reading, %d echoes: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms; %d kB each",
                MANY,
                silent,
                all.length,
                p50,
                p95,
                p99,
                each / 1_000));
        assertThat(all).hasSize((MANY - silent) * KEYS);
        assertThat(p95).isLessThan(P95_MAX_MILLIS);
        assertThat(each).isLessThan(EACH_MAX_BYTES);
    }

    /** Types some characters per second, with an occasional new line. */
    private static double[] type(ConsoleSocket socket) throws IOException {
        var millis = new double[KEYS];
        LockSupport.parkNanos((long) (Math.random() * TimeUnit.MILLISECONDS.toNanos(KEY_EVERY_MILLIS)));
        for (var i = 0; i < KEYS; i++) {
            if (i % LINE == LINE - 1) {
                socket.type("\u0015");
            }
            var key =
                    String.valueOf((char) ('A' + i % 26)); // Not a character of the prompt, which is redrawn each time.
            var from = System.nanoTime();
            socket.type(key);
            socket.await(key);
            var took = System.nanoTime() - from;
            millis[i] = took / 1e6;
            LockSupport.parkNanos(
                    Math.max(0, Duration.ofMillis(KEY_EVERY_MILLIS).toNanos() - took));
        }
        return millis;
    }

    private static void open(ConsoleSocket socket, String token) throws IOException {
        socket.send("{\"token\":\"" + token + "\",\"columns\":90,\"rows\":30}");
        socket.await("# ");
    }

    private static ConsoleSocket knock() throws IOException {
        return new ConsoleSocket(HOST, ORIGIN, olga.cookies());
    }

    private static int status(String origin, String cookies) throws IOException {
        try (var socket = new ConsoleSocket(HOST, origin, cookies)) {
            return socket.status();
        }
    }

    private static String token(Reader person) {
        return token(person, made.id("service"));
    }

    private static String token(Reader person, String service) {
        var answer = person.post(
                "/portal/console-token", "Content-Type: application/x-www-form-urlencoded\r\n", "service=" + service);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    }
}
