package io.tenantry.cloud.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.launch.StartupScripts.Outcome;
import io.tenantry.cloud.launch.StartupScripts.Script;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StartupScriptsTest {
    private static final String TEXT = "#!/bin/sh\necho {{name}}";

    private final LaunchFixture target = new LaunchFixture();

    @Test
    void aScriptIsKeptAndChanged() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            var first = kept(kiosk, Optional.empty(), " Web server ", "  " + TEXT + "\r\n");
            assertThat(first.name()).isEqualTo("Web server");
            assertThat(first.text()).isEqualTo(TEXT);
            assertThat(first.fields()).extracting(ScriptTemplate.Field::name).containsExactly("name");
            var second = kept(kiosk, Optional.of(first.id()), "web server", "#cloud-config");
            assertThat(target.scripts.of(kiosk)).containsExactly(second);
            assertThat(target.scripts.one(first.id())).isEqualTo(second);
            assertThat(first).asString().doesNotContain("echo");
        });
    }

    @Test
    void aNameIsOneOfAKindWithinAnOrganization() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            var first = kept(kiosk, Optional.empty(), "First", TEXT);
            assertThat(target.scripts.keep(kiosk, Optional.empty(), "FIRST", TEXT))
                    .isEqualTo(new Outcome.BadName(true));
            var second = kept(kiosk, Optional.empty(), "Second", TEXT);
            assertThat(target.scripts.keep(kiosk, Optional.of(second.id()), "first", TEXT))
                    .isEqualTo(new Outcome.BadName(true));
            assertThat(target.scripts.keep(kiosk, Optional.empty(), " ", TEXT)).isEqualTo(new Outcome.BadName(false));
            assertThat(target.scripts.keep(kiosk, Optional.empty(), "Third", "echo"))
                    .isEqualTo(new Outcome.BadText(ScriptTemplate.Fault.HEAD));
            assertThat(target.scripts.keep(kiosk, Optional.empty(), "Fourth\u2066", TEXT))
                    .isEqualTo(new Outcome.BadName(false));
            kept(target.organization(), Optional.empty(), "First", TEXT);
            assertThat(target.scripts.of(kiosk)).containsExactly(first, second);
        });
    }

    @Test
    void thereIsRoomForSoMany() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            for (var number = 0; number < StartupScripts.SCRIPTS_MAX; number++) {
                kept(kiosk, Optional.empty(), "Script " + number, TEXT);
            }
            assertThat(target.scripts.keep(kiosk, Optional.empty(), "One too many", TEXT))
                    .isEqualTo(new Outcome.TooMany());
            kept(kiosk, Optional.of(target.scripts.of(kiosk).get(0).id()), "Changed", TEXT);
        });
    }

    @Test
    void whatWasDroppedIsPutBackAsItWas() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            var script = kept(kiosk, Optional.empty(), "First", TEXT);
            assertThat(target.scripts.drop(script.id())).isEqualTo(script);
            assertThat(target.scripts.putBack(script)).isTrue();
            assertThat(target.scripts.of(kiosk)).containsExactly(script);
            assertThat(target.scripts.putBack(script)).as("back already").isFalse();
            target.scripts.drop(script.id());
            kept(kiosk, Optional.empty(), "first", TEXT);
            assertThat(target.scripts.putBack(script)).as("the name is taken").isFalse();
            assertThat(target.audited())
                    .containsExactly(
                            "startup_script.added",
                            "startup_script.dropped",
                            "startup_script.put_back",
                            "startup_script.dropped",
                            "startup_script.added");
        });
    }

    @Test
    void onlyWhoMayOrderReadsThem() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            var script = kept(kiosk, Optional.empty(), "First", TEXT);
            LaunchFixture.as(
                    target.member(kiosk, "member"),
                    () -> assertThat(target.scripts.of(kiosk)).containsExactly(script));
            LaunchFixture.as(target.member(kiosk, "viewer"), () -> {
                assertThatThrownBy(() -> target.scripts.of(kiosk)).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> target.scripts.one(script.id())).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> target.scripts.drop(script.id())).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> target.scripts.putBack(script)).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> target.scripts.keep(kiosk, Optional.empty(), "x", TEXT))
                        .isInstanceOf(AccessDeniedException.class);
            });
        });
    }

    @Test
    void nothingOfOneOrganizationIsFoundFromAnother() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            var script = kept(kiosk, Optional.empty(), "First", TEXT);
            var other = target.organization();
            assertThat(target.scripts.that(other, script.id())).isEmpty();
            assertThatThrownBy(() -> target.scripts.keep(other, Optional.of(script.id()), "Mine", TEXT))
                    .isInstanceOf(NotFoundException.class);
            LaunchFixture.as(target.member(other, "owner"), () -> {
                assertThatThrownBy(() -> target.scripts.one(script.id())).isInstanceOf(NotFoundException.class);
                assertThatThrownBy(() -> target.scripts.drop(script.id())).isInstanceOf(NotFoundException.class);
            });
            assertThatThrownBy(() -> target.scripts.one(UUID.randomUUID())).isInstanceOf(NotFoundException.class);
        });
    }

    private Script kept(UUID organization, Optional<UUID> id, String name, String text) {
        return ((Outcome.Saved) target.scripts.keep(organization, id, name, text)).script();
    }
}
