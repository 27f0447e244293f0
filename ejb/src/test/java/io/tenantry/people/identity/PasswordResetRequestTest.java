package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PasswordResetRequestTest {
    private final IdentityFixture identityFixture = new IdentityFixture();
    private final List<Runnable> later = new ArrayList<>();

    @Test
    void sendsOneLinkForRepeatedRequests() {
        Database.rolledBack(Database.AURORA, () -> {
            var customer = identityFixture.customer("forgetful@kiosk.example");
            identityFixture.events.clear();
            identityFixture.forgotten.ask(" Forgetful@kiosk.example ", "192.0.2.1");
            identityFixture.forgotten.ask("forgetful@kiosk.example", "192.0.2.2");
            assertThat(identityFixture.events)
                    .singleElement()
                    .isInstanceOfSatisfying(SecurityMailRequested.LinkCreated.class, told -> {
                        assertThat(told.personId()).isEqualTo(IdentityFixture.id(customer.owner()));
                        assertThat(told.purpose()).isEqualTo(PasswordLinks.Purpose.RESET);
                        assertThat(told.url()).startsWith("http://aurora.example");
                        assertThat(told.toString()).doesNotContain(told.url());
                    });
        });
    }

    /** Looking up the address, the link, its mail and its audit record take time, and the response would tell by it. */
    @Test
    void doesTheSameWithinTheRequestForKnownAndUnknownAddresses() {
        Database.rolledBack(Database.AURORA, () -> {
            identityFixture.customer("timed@kiosk.example");
            identityFixture.events.clear();
            var known = statementsOf("timed@kiosk.example");
            assertThat(identityFixture.events).isEmpty();
            assertThat(known).isEqualTo(statementsOf("untimed@kiosk.example")).isEqualTo(statementsOf("nonsense"));
            later.forEach(Runnable::run);
            assertThat(identityFixture.events).hasSize(1);
        });
    }

    private List<String> statementsOf(String email) {
        var statements = new ArrayList<String>();
        var sql = identityFixture.forgotten.sql;
        var threads = identityFixture.forgotten.threads;
        identityFixture.forgotten.sql = new Sql(Database.runtime()) {
            @Override
            public <T> T one(String text, Function<Row, T> mapper, @Nullable Object... parameters) {
                statements.add(text);
                return sql.one(text, mapper, parameters);
            }

            @Override
            public <T> Optional<T> first(String text, Function<Row, T> mapper, @Nullable Object... parameters) {
                statements.add(text);
                return sql.first(text, mapper, parameters);
            }
        };
        identityFixture.forgotten.threads = new PasswordResetThreads() {
            @Override
            public void execute(String network, Runnable work) {
                later.add(work);
            }
        };
        identityFixture.forgotten.ask(email, "192.0.2.9");
        identityFixture.forgotten.sql = sql;
        identityFixture.forgotten.threads = threads;
        return statements;
    }

    @Test
    void sendsNoLinkForUnknownAddresses() {
        Database.rolledBack(Database.AURORA, () -> {
            identityFixture.events.clear();
            identityFixture.forgotten.ask("stranger@nowhere.example", "192.0.2.3");
            identityFixture.forgotten.ask("not an address", "192.0.2.3");
            assertThat(identityFixture.events).isEmpty();
        });
    }

    @Test
    void sendsNoLinksOnceAnAddressRequestedTooMany() {
        Database.rolledBack(Database.AURORA, () -> {
            identityFixture.customer("hunted@kiosk.example");
            identityFixture.events.clear();
            for (var i = 0; i < 10; i++) {
                identityFixture.forgotten.ask("guess" + i + "@kiosk.example", "198.51.100.7");
            }
            identityFixture.forgotten.ask("hunted@kiosk.example", "198.51.100.7");
            assertThat(identityFixture.events).isEmpty();
        });
    }
}
