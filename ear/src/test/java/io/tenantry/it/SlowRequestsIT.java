package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.ApiKeys;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.identity.Staff;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.DatabaseCells;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** API clients that create resellers: once for each key, however long it takes. */
@Tag("full")
class SlowRequestsIT extends Deployments {
    private static final String RESELLERS = "/api/v1/reseller/tenants";

    /** Longer than PostgreSQL allows a transaction to be idle ({@code bootstrap.sql}). */
    private static final int SLOW_SECONDS = 35;

    private final Browser program = new Browser("platform.localhost");

    @Test
    void slowCreationCreatesResellerOnceAndKeepsLink() throws Exception {
        var headers = headers();
        CompletableFuture<Browser.Answer> first;
        try (var maker = DatabaseCells.administration().getConnection();
                var statement = maker.createStatement()) {
            var lock = AdvisoryLock.MIGRATION.space() + ", hashtext('t_slow_a')";
            statement.execute("select pg_advisory_lock(" + lock + ")");
            try {
                first = CompletableFuture.supplyAsync(() -> program.json(RESELLERS, body("slow-a"), headers));
                awaitClaim("slow-a");
                var second = program.json(RESELLERS, body("slow-a"), headers);
                assertThat(second.status()).as(second.body()).isEqualTo(409);
                assertThat(second.header("Retry-After")).matches("[1-9]\\d?");
                assertThat(second.body()).contains("\"code\":\"idempotency_key_in_progress\"");
                var other = program.json(RESELLERS, body("slow-b"), headers);
                assertThat(other.body()).contains("\"code\":\"idempotency_key_taken\"");
                TimeUnit.SECONDS.sleep(SLOW_SECONDS);
            } finally {
                statement.execute("select pg_advisory_unlock(" + lock + ")");
            }
        }

        assertThat(first.get().status()).as(first.get().body()).isEqualTo(201);
        assertThat(first.get().body()).contains("/link#");
        var repeated = program.json(RESELLERS, body("slow-a"), headers);
        assertThat(repeated.status()).isEqualTo(201);
        assertThat(repeated.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(repeated.body()).isEqualTo(first.get().body());
    }

    @Test
    void rejectedRequestFreesItsIdempotencyKey() {
        var headers = headers();
        assertThat(program.json(RESELLERS, "{\"slug\":\"Not A Slug\"}", headers).status())
                .isEqualTo(422);
        var made = program.json(RESELLERS, body("slow-c"), headers);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
    }

    private static void awaitClaim(String slug) throws SQLException, InterruptedException {
        try (var connection = DatabaseCells.administration().getConnection();
                var statement = connection.prepareStatement("select from platform.tenant where slug = ?")) {
            statement.setString(1, slug);
            for (var found = false; !found; ) {
                TimeUnit.MILLISECONDS.sleep(50);
                try (var rows = statement.executeQuery()) {
                    found = rows.next();
                }
            }
        }
    }

    private static String body(String slug) {
        return "{\"slug\":\"" + slug + "\",\"name\":\"Reseller " + slug + "\",\"hosts\":[\"" + slug
                + ".localhost\"],\"currency\":\"EUR\",\"time_zone\":\"Europe/Berlin\",\"locale\":\"en\",\"primary\":\"#4f46e5\","
                + "\"secondary\":\"#0891b2\",\"accent\":\"#f59e0b\",\"staff_name\":\"Sam Staff\",\"staff_email\":\"sam@"
                + slug + ".example\"}";
    }

    /** Headers of a separate operator, with a new key for the request. */
    private static Map<String, String> headers() {
        var email = UUID.randomUUID() + "@platform.example";
        var key = Tenancy.in(Scope.PLATFORM, () -> {
            var invited = as(Actor.system("test"), () ->
                    (InvitationOutcome.Invited) bean(Staff.class).invite(email, "Otto Operator", "operator_owner"));
            return as(
                    new Actor(Actor.Kind.OPERATOR, invited.personId(), "Otto Operator"),
                    () -> bean(ApiKeys.class)
                            .create("resellers", null, Set.of(Permission.PLATFORM_TENANTS_MANAGE), null));
        });
        return Map.of(
                "Authorization",
                "Bearer " + key.text(),
                "Idempotency-Key",
                UUID.randomUUID().toString());
    }

    private static <T> T as(Actor actor, Supplier<T> work) {
        try (var actorScope = Actors.enter(actor)) {
            return work.get();
        }
    }
}
