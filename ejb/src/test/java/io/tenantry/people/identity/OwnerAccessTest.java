package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.platform.TenantTransactions;
import io.tenantry.tenancy.Scope;
import io.tenantry.testing.Database;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the platform's owner gets access: initially, and when the link was not used in time. */
class OwnerAccessTest {
    private static final String OWNER = "Owner@Platform.example";

    private final IdentityFixture identityFixture = new IdentityFixture();
    private final TenantTransactions records = new TenantTransactions();

    @BeforeEach
    void assemble() throws ReflectiveOperationException {
        set("sql", identityFixture.sql);
        set("staff", identityFixture.staff);
    }

    @Test
    void untilThereIsAPasswordEachStartMakesALink() {
        alone(() -> {
            var first = start().orElseThrow();
            var second = start().orElseThrow();
            assertThat(identityFixture.passwordLinks.open(secret(first))).isEmpty();
            assertThat(identityFixture.passwordLinks.open(secret(second)))
                    .hasValueSatisfying(link -> assertThat(link.email()).isEqualTo("owner@platform.example"));
            identityFixture.passwordLinks.setByTheSystem(
                    owner(), identityFixture.passwords.hash(IdentityFixture.PASSWORD));
            assertThat(start()).isEmpty();
        });
    }

    @Test
    void whoIsDisabledOrUnknownGetsNone() {
        alone(() -> {
            start();
            identityFixture.sql.update("update person set state = 'DISABLED' where id = ?", owner());
            assertThat(start()).isEmpty();
            assertThat(records.ensureOwner("other@platform.example")).isEmpty();
        });
    }

    /** Runs the work on a platform without operators. */
    private void alone(Runnable work) {
        Database.undone(
                Scope.PLATFORM,
                () -> IdentityFixture.asSystem(() -> {
                    identityFixture.sql.update("delete from staff_member");
                    work.run();
                    return true;
                }));
    }

    private Optional<IssuedLink> start() {
        return records.ensureOwner(OWNER);
    }

    private UUID owner() {
        return identityFixture.sql.one(
                "select id from person where email = 'owner@platform.example'", row -> row.uuid("id"));
    }

    private static String secret(IssuedLink link) {
        return link.url().substring(link.url().indexOf('#') + 1);
    }

    private void set(String name, Object bean) throws ReflectiveOperationException {
        var field = TenantTransactions.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(records, bean);
    }
}
