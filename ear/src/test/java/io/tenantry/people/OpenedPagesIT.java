package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.Results;
import io.tenantry.isolation.RawConnection.Answer;
import io.tenantry.it.Deployments;
import io.tenantry.people.weighing.SessionScale;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The number of pages that a session keeps, whatever its owner opens, submits and types: memory is shared by all resellers. A page that is no
 * longer kept gets a new state when it is submitted, or is reported as expired.
 */
@RunAsClient
class OpenedPagesIT extends Deployments {
    private static final String BRAND = "opened-pages";
    private static final String HOST = BRAND + ".localhost";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String SCRIPT = "/portal/script";
    private static final Pattern STATE = Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]*)\"");

    private static final AtomicInteger READERS = new AtomicInteger();

    /** The limits of the server. */
    private static final int BEFORE_SIGN_IN = 3;

    private static final int SIGNED_IN = 15;
    private static final int SESSIONS = 20;

    /** More steps than are kept. */
    private static final int STEPS = 4;

    /** The longest script. */
    private static final int SCRIPT_MAX = 20_000;

    private static final int ANONYMOUS_BYTES_MAX = 100_000;
    private static final int SIGNED_IN_BYTES_MAX = 600_000;

    @BeforeAll
    static void makeBrand() {
        BrowserTestSetup.brand(BRAND);
    }

    /** Each has an address of its own: sign-ins from one address are limited. */
    private static Reader reader() {
        return new Reader(HOST, "en").with("X-Forwarded-For: 203.0.113." + (30 + READERS.incrementAndGet()) + "\r\n");
    }

    private static Reader olga() {
        var olga = reader();
        olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
        return olga;
    }

    private static String state(Answer page) {
        var found = STATE.matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return found.group(1);
    }

    /** Returns the id of the page, without its step. */
    private static String page(String state) {
        return state.substring(0, state.indexOf(':'));
    }

    private static List<String> open(Reader reader, String path, int times) {
        var states = new ArrayList<String>();
        for (var time = 0; time < times; time++) {
            states.add(state(reader.get(path)));
        }
        return states;
    }

    /** Submits a form that is refused and shown again. */
    private static Answer signIn(Reader reader, String state) {
        return reader.post(
                "/sign-in",
                FORM,
                "door=door&door%3Aenter=x&door%3Aemail=somebody%40kiosk.example&jakarta.faces.ViewState=" + state);
    }

    private static Answer script(Reader reader, String state, int length) {
        return reader.post(
                SCRIPT,
                FORM,
                "script=script&script%3Ado=x&script%3Awords=" + "x".repeat(length) + "&jakarta.faces.ViewState="
                        + state);
    }

    @Test
    void anonymousSessionKeepsThreePages() {
        try (var visitor = reader()) {
            var states = open(visitor, "/sign-in", SIGNED_IN);
            var kept = states.subList(SIGNED_IN - BEFORE_SIGN_IN, SIGNED_IN);
            for (var state : kept) {
                assertThat(page(state(signIn(visitor, state)))).isEqualTo(page(state));
            }
            // An older one starts again with what was typed, in place of another.
            var older = states.get(SIGNED_IN - BEFORE_SIGN_IN - 1);
            var again = signIn(visitor, older);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body()).contains("somebody@kiosk.example");
            assertThat(page(state(again))).isNotEqualTo(page(older));
            assertThat(page(state(signIn(visitor, kept.get(0))))).isNotEqualTo(page(kept.get(0)));
        }
    }

    @Test
    void keepsCurrentAndPreviousStepOfPage() {
        try (var olga = olga()) {
            var first = state(olga.get(SCRIPT));
            var second = state(script(olga, first, 10));
            assertThat(page(second)).isEqualTo(page(first));
            assertThat(script(olga, first, 10).status())
                    .as("after the back button")
                    .isEqualTo(200);
            assertThat(script(olga, first, 10).status()).as("again").isEqualTo(200);
            assertThat(script(olga, second, 10).status()).as("two steps back").isEqualTo(409);
        }
    }

    @Test
    void signedInSessionKeepsFewPagesAfterLongText() {
        try (var olga = olga()) {
            var states = open(olga, SCRIPT, SIGNED_IN + 1);
            assertThat(script(olga, states.get(0), 10).status())
                    .as("the sixteenth")
                    .isEqualTo(409);
            assertThat(script(olga, states.get(4), 7_500).status()).isEqualTo(200);
            assertThat(script(olga, states.get(5), 10).status())
                    .as("after a shorter text")
                    .isEqualTo(200);
            var latest = states.get(SIGNED_IN);
            assertThat(script(olga, latest, 9_000).status()).isEqualTo(200);
            assertThat(script(olga, states.get(6), 10).status())
                    .as("after a long text")
                    .isEqualTo(409);
            assertThat(script(olga, states.get(5), 10).status())
                    .as("used recently")
                    .isEqualTo(200);
            assertThat(script(olga, latest, 10).status()).isEqualTo(200);
        }
    }

    @Test
    void sessionStaysSmallWhateverIsTyped() {
        try (var visitor = reader();
                var olga = olga()) {
            for (var page = 0; page < SIGNED_IN; page++) {
                var door = state(visitor.get("/sign-in"));
                var editor = state(olga.get(SCRIPT));
                for (var step = 0; step < STEPS; step++) {
                    door = state(signIn(visitor, door));
                    editor = state(script(olga, editor, SCRIPT_MAX));
                }
            }
            assertThat(bytes(visitor)).as("before sign-in").isBetween(1_000, ANONYMOUS_BYTES_MAX);
            assertThat(bytes(olga)).as("with long texts").isBetween(SCRIPT_MAX, SIGNED_IN_BYTES_MAX);
            for (var page = 0; page < SIGNED_IN; page++) {
                var editor = state(olga.get(SCRIPT));
                for (var step = 0; step < STEPS; step++) {
                    editor = state(script(olga, editor, 7_500));
                }
            }
            assertThat(bytes(olga)).as("with many texts").isBetween(SCRIPT_MAX, SIGNED_IN_BYTES_MAX);
        }
    }

    private static int bytes(Reader reader) {
        var lines = reader.get(SessionScale.PATH).body().strip().lines().toList();
        Results.showOutcome(String.join("; ", lines));
        return Integer.parseInt(lines.get(lines.size() - 1).split(" ", 2)[0]);
    }

    @Test
    void oldestSessionOfPersonEndsBeyondLimit() {
        var sessions = new ArrayList<Reader>();
        try {
            for (var number = 0; number < SESSIONS; number++) {
                var sam = reader();
                sam.signIn("sam@" + BRAND + ".example", BrowserTestSetup.PASSWORD);
                sessions.add(sam);
            }
            assertThat(sessions.get(0).get("/staff/plans").status()).isEqualTo(200);
            var last = reader();
            sessions.add(last);
            last.signIn("sam@" + BRAND + ".example", BrowserTestSetup.PASSWORD);
            assertThat(sessions.get(0).get("/staff/plans").header("location"))
                    .singleElement()
                    .asString()
                    .endsWith("/sign-in?return=%2Fstaff%2Fplans&ended=sessions");
            assertThat(sessions.get(0)
                            .get("/sign-in?return=%2Fstaff%2Fplans&ended=sessions")
                            .body())
                    .contains("You were signed out because too many sessions were open at the same time.");
            assertThat(sessions.get(1).get("/staff/plans").status()).isEqualTo(200);
            assertThat(last.get("/staff/plans").status()).isEqualTo(200);
        } finally {
            sessions.forEach(Reader::close);
        }
    }
}
