package io.tenantry.cloud.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.launch.StartupScripts.Outcome;
import io.tenantry.cloud.launch.StartupScripts.Script;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Impersonation;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StartupScriptsTest {
    private static final String TEXT = "#!/bin/sh\necho {{name}}";

    private final LaunchFixture fixture = new LaunchFixture();

    @Test
    void savesAndUpdatesAScript() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            var first = save(kiosk, Optional.empty(), " Web server ", "  " + TEXT + "\r\n");
            assertThat(first.name()).isEqualTo("Web server");
            assertThat(first.text()).isEqualTo(TEXT);
            assertThat(first.fields()).extracting(ScriptTemplate.Field::name).containsExactly("name");
            var second = save(kiosk, Optional.of(first.id()), "web server", "#cloud-config");
            assertThat(fixture.scripts.of(kiosk)).containsExactly(second);
            assertThat(fixture.scripts.one(first.id())).isEqualTo(second);
            assertThat(first).asString().doesNotContain("echo");
        });
    }

    @Test
    void requiresAUniqueNameWithinAnOrganization() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            var first = save(kiosk, Optional.empty(), "First", TEXT);
            assertThat(fixture.scripts.keep(kiosk, Optional.empty(), "FIRST", TEXT))
                    .isEqualTo(new Outcome.BadName(true));
            var second = save(kiosk, Optional.empty(), "Second", TEXT);
            assertThat(fixture.scripts.keep(kiosk, Optional.of(second.id()), "first", TEXT))
                    .isEqualTo(new Outcome.BadName(true));
            assertThat(fixture.scripts.keep(kiosk, Optional.empty(), " ", TEXT)).isEqualTo(new Outcome.BadName(false));
            assertThat(fixture.scripts.keep(kiosk, Optional.empty(), "Third", "echo"))
                    .isEqualTo(new Outcome.BadText(ScriptTemplate.Fault.HEAD));
            assertThat(fixture.scripts.keep(kiosk, Optional.empty(), "Fourth\u2066", TEXT))
                    .isEqualTo(new Outcome.BadName(false));
            save(fixture.organization(), Optional.empty(), "First", TEXT);
            assertThat(fixture.scripts.of(kiosk)).containsExactly(first, second);
        });
    }

    @Test
    void limitsTheNumberOfScripts() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            for (var number = 0; number < StartupScripts.SCRIPTS_MAX; number++) {
                save(kiosk, Optional.empty(), "Script " + number, TEXT);
            }
            assertThat(fixture.scripts.keep(kiosk, Optional.empty(), "One too many", TEXT))
                    .isEqualTo(new Outcome.TooMany());
            save(kiosk, Optional.of(fixture.scripts.of(kiosk).get(0).id()), "Changed", TEXT);
        });
    }

    @Test
    void refusesChangesWhileImpersonating() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            var script = save(kiosk, Optional.empty(), "First", TEXT);
            fixture.scripts.drop(script.id());
            var impersonation = new Impersonation(
                    UUID.randomUUID(), kiosk, "Kiosk", "Sam", "support", Instant.parse("2030-01-01T00:00:00Z"));
            try (var actorScope = Actors.enter(Actor.impersonating(UUID.randomUUID(), impersonation))) {
                assertThatThrownBy(() -> fixture.scripts.keep(kiosk, Optional.empty(), "Mine", TEXT))
                        .isInstanceOfSatisfying(
                                AccessDeniedException.class,
                                denied -> assertThat(denied.permission()).isEqualTo("startup scripts"));
                assertThatThrownBy(() -> fixture.scripts.putBack(script))
                        .isInstanceOfSatisfying(
                                AccessDeniedException.class,
                                denied -> assertThat(denied.permission()).isEqualTo("startup scripts"));
            }
        });
    }

    @Test
    void restoresADeletedScript() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            var script = save(kiosk, Optional.empty(), "First", TEXT);
            assertThat(fixture.scripts.drop(script.id())).isEqualTo(script);
            assertThat(fixture.scripts.putBack(script)).isTrue();
            assertThat(fixture.scripts.of(kiosk)).containsExactly(script);
            assertThat(fixture.scripts.putBack(script)).as("already restored").isFalse();
            fixture.scripts.drop(script.id());
            save(kiosk, Optional.empty(), "first", TEXT);
            assertThat(fixture.scripts.putBack(script)).as("the name is taken").isFalse();
            assertThat(fixture.auditedActions())
                    .containsExactly(
                            "startup_script.added",
                            "startup_script.dropped",
                            "startup_script.put_back",
                            "startup_script.dropped",
                            "startup_script.added");
        });
    }

    @Test
    void refusesScriptsToMembersWhoMayNotOrder() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            var script = save(kiosk, Optional.empty(), "First", TEXT);
            LaunchFixture.as(
                    fixture.member(kiosk, "member"),
                    () -> assertThat(fixture.scripts.of(kiosk)).containsExactly(script));
            LaunchFixture.as(fixture.member(kiosk, "viewer"), () -> {
                assertThatThrownBy(() -> fixture.scripts.of(kiosk)).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> fixture.scripts.one(script.id())).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> fixture.scripts.drop(script.id())).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> fixture.scripts.putBack(script)).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> fixture.scripts.keep(kiosk, Optional.empty(), "x", TEXT))
                        .isInstanceOf(AccessDeniedException.class);
            });
        });
    }

    @Test
    void hidesScriptsOfOtherOrganizations() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            var script = save(kiosk, Optional.empty(), "First", TEXT);
            var other = fixture.organization();
            assertThat(fixture.scripts.that(other, script.id())).isEmpty();
            assertThatThrownBy(() -> fixture.scripts.keep(other, Optional.of(script.id()), "Mine", TEXT))
                    .isInstanceOf(NotFoundException.class);
            LaunchFixture.as(fixture.member(other, "owner"), () -> {
                assertThatThrownBy(() -> fixture.scripts.one(script.id())).isInstanceOf(NotFoundException.class);
                assertThatThrownBy(() -> fixture.scripts.drop(script.id())).isInstanceOf(NotFoundException.class);
            });
            assertThatThrownBy(() -> fixture.scripts.one(UUID.randomUUID())).isInstanceOf(NotFoundException.class);
        });
    }

    private Script save(UUID organization, Optional<UUID> id, String name, String text) {
        return ((Outcome.Saved) fixture.scripts.keep(organization, id, name, text)).script();
    }
}
