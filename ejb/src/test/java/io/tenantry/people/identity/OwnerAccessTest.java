package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.platform.LinkFiles;
import io.tenantry.admin.platform.TenantTransactions;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.Scope;
import io.tenantry.testing.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void issuesALinkAtEachStartUntilAPasswordIsSet() {
        withoutOperators(() -> {
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
    void issuesNoLinkToDisabledOrUnknownPersons() {
        withoutOperators(() -> {
            start();
            identityFixture.sql.update("update person set state = 'DISABLED' where id = ?", owner());
            assertThat(start()).isEmpty();
            assertThat(records.ensureOwner("other@platform.example")).isEmpty();
        });
    }

    @Test
    void deletesTheFileOnceItsLinkWasUsed(@TempDir Path folder) throws ReflectiveOperationException, IOException {
        var files = new LinkFiles();
        set(files, "settings", new Settings(Map.of("tenantry.data.folder", folder.toString())::get, name -> null));
        set(files, "links", identityFixture.passwordLinks);
        var foreign = Files.writeString(folder.resolve("operator-link.txt"), "a note of somebody\n");
        var file = folder.resolve("owner-link.txt");
        withoutOperators(() -> {
            var link = start().orElseThrow();
            write(file, link.url() + "\n");
            files.deleteUseless();
            assertThat(file).as("works").exists();
            identityFixture.passwordLinks.use(secret(link), identityFixture.passwords.hash(IdentityFixture.PASSWORD));
            files.deleteUseless();
            assertThat(file).as("used").doesNotExist();
            files.deleteUseless();
        });
        assertThat(foreign).exists();
    }

    @Test
    void deletesTheFileOnceItsLinkHasExpired(@TempDir Path folder) throws ReflectiveOperationException {
        var files = new LinkFiles();
        set(files, "settings", new Settings(Map.of("tenantry.data.folder", folder.toString())::get, name -> null));
        set(files, "links", identityFixture.passwordLinks);
        var file = folder.resolve("operator-link.txt");
        withoutOperators(() -> {
            write(file, start().orElseThrow().url() + "\nvalid until later\n");
            identityFixture.sql.update(
                    "update one_time_link set created_at = now() - interval '4 days', expires_at = now() where person_id = ?",
                    owner());
            files.deleteUseless();
            assertThat(file).doesNotExist();
        });
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** On a platform without operators. */
    private void withoutOperators(Runnable work) {
        Database.rolledBack(
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
        set(records, name, bean);
    }

    private static void set(Object owner, String name, Object bean) throws ReflectiveOperationException {
        var field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        field.set(owner, bean);
    }
}
