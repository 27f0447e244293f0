package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.auditor.Violation;
import io.tenantry.identity.NotVisible;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.Rebuilds.Outcome;
import io.tenantry.provisioning.Workshop.Fate;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import io.tenantry.work.Looked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a wish that a server begins anew. */
class RebuildTest {
    private static final String LINE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    private static final Beginning FANCY = new Beginning("Fancy", List.of(), Optional.empty(), Map.of());

    private static final List<UUID> TOLD = new ArrayList<>();
    private static Operating here;
    private static Making making;
    private UUID service;

    @BeforeAll
    static void open() {
        here = new Operating("beginning-anew");
        making = here.making;
        making.wishes.hear(event -> TOLD.add(event.serviceId()));
    }

    @BeforeEach
    void up() {
        making.desk.clear();
        here.vendor.clear();
        TOLD.clear();
        service = here.up(making.books.wallet("1"));
    }

    @AfterEach
    void nothingIsPaidForIt() {
        assertThat(here.balance(service)).isEqualTo(making.books.money("0.99"));
        assertThat(Rig.found(making.books.tenant))
                .extracting(Violation::invariant)
                .doesNotContain("wish-of-service", "hold-of-service", "period-of-service");
    }

    @Test
    void itBeginsWithWhatWasChosenAsItWasWhenItWasAskedFor() {
        var customer = UUID.fromString(making.column(service, "organization_id"));
        var key = here.counter.key(customer, "Laptop", LINE);
        var script = here.counter.script(customer, "#!/bin/sh\necho {{word}}");
        want(new Beginning("Fancy", List.of(key.id()), Optional.of(script.id()), Map.of("word", "Hello")));
        making.books.in(() -> here.counter.keys.delete(key.id()));
        making.books.in(() -> here.counter.scripts.drop(script.id()));
        here.work(2);

        assertThat(here.vendor.anew()).singleElement().satisfies(wish -> {
            assertThat(wish.mark().serviceId()).isEqualTo(service);
            assertThat(wish.image()).isEqualTo("fancy-12");
            assertThat(wish.keys()).containsExactly(LINE);
            assertThat(wish.script()).contains("#!/bin/sh\necho Hello");
        });
        assertThat(making.column(service, "upstream_image || ' ' || coalesce(changing, '-')"))
                .isEqualTo("fancy-12 -");
        assertThat(here.texts("select image || ' ' || key_names::text || ' ' || script_name from %s.service_beginning"
                        + " where service_id = '" + service + "'"))
                .containsExactly("Fancy {Laptop} Script");
        assertThat(making.timeline(service)).endsWith("rebuild_wanted", "rebuilt");
        assertThat(here.texts("select id from %s.service_wish where service_id = '" + service + "'"))
                .as("what was filled in may be a password")
                .isEmpty();
        assertThat(TOLD).as("that its host key is another").containsExactly(service);
    }

    @Test
    void withoutAChoiceTheSystemThatItHasIsSetUpAnew() {
        want(FANCY);
        here.work(2);
        want(Beginning.USUAL);
        here.work(2);
        assertThat(here.vendor.anew()).extracting(wish -> wish.image()).containsExactly("fancy-12", "fancy-12");
        assertThat(here.texts("select image from %s.service_beginning where service_id = '" + service + "'"))
                .containsExactly("Fancy");
    }

    @Test
    void whoTypesAnotherNameEmptiesNothing() {
        assertThat(asked(FANCY, "wep")).isEqualTo(new Outcome.Unconfirmed());
        assertThat(making.column(service, "coalesce(changing, '-')")).isEqualTo("-");
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThat(asked(new Beginning("Unheard of", List.of(), Optional.empty(), Map.of()), "web"))
                .isEqualTo(new Outcome.Refused(new Services.Outcome.NoSuchImage()));
        assertThat(asked(new Beginning("", List.of(UUID.randomUUID()), Optional.empty(), Map.of()), "web"))
                .isEqualTo(new Outcome.Refused(new Services.Outcome.NoSuchKey()));
        here.offer(new Upstreams(List.of(making.vendor)));
        try {
            assertThat(asked(FANCY, "web")).isEqualTo(new Outcome.Impossible());
        } finally {
            here.offer(new Upstreams(List.of(here.vendor)));
        }
    }

    @Test
    void afterALostAnswerItIsAskedForAgainOnlyWhenTheFirstQuestionIsSurelyOver() {
        here.vendor.fates(Fate.LOST);
        want(FANCY);
        here.work(3);
        here.pass(Calls.DELAY_MAX.minusMinutes(1));
        here.work();
        assertThat(here.vendor.anew()).hasSize(1);
        assertThat(making.column(service, "changing")).isEqualTo("REBUILD");
        here.pass(Duration.ofMinutes(2));
        here.work(2);
        assertThat(here.vendor.anew()).hasSize(2);
        assertThat(making.timeline(service)).endsWith("rebuild_wanted", "rebuilt");
    }

    @Test
    void whoDiesBeforeTheAnswerLeavesItToOthers() {
        here.vendor.fates(Fate.DEATH_BEFORE, Fate.DEATH_AFTER);
        want(FANCY);
        here.work(2);
        here.pass(Calls.DELAY_MAX.plusSeconds(1));
        here.work(2);
        here.pass(Calls.DELAY_MAX.plusSeconds(1));
        here.work(2);
        assertThat(making.column(service, "upstream_image || coalesce(changing, '-')"))
                .isEqualTo("fancy-12-");
    }

    @Test
    void whatIsRefusedChangesNothing() {
        here.vendor.fates(Fate.REFUSED);
        want(FANCY);
        here.work();
        assertThat(making.timeline(service)).endsWith("rebuild_failed");
        assertThat(making.column(service, "upstream_image || coalesce(changing, '-')"))
                .isEqualTo("plain-");
        assertThat(TOLD).isEmpty();
    }

    @Test
    void aTaskOrAServerThatFailsIsTold() {
        here.vendor.stands(Progress.failed("the disk"));
        want(FANCY);
        here.work(2);
        assertThat(making.timeline(service)).endsWith("rebuild_failed");

        here.vendor.stands(Progress.done());
        want(FANCY);
        here.work();
        making.vendor.all(Server.State.FAILED);
        here.work();
        making.vendor.all(Server.State.RUNNING);
        assertThat(making.timeline(service)).endsWith("rebuild_wanted", "rebuild_failed");
    }

    @Test
    void whatTakesTooLongWaitsForAPerson() {
        here.vendor.stands(Progress.running(10));
        want(FANCY);
        here.work(2);
        here.pass(Rebuild.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(making.desk.column(making.books.tenant, "state")).contains("PARKED");
        assertThat(making.books.<Boolean>in(() -> making.decisions().giveUp(service, "looked there")))
                .isTrue();
        assertThat(making.timeline(service)).endsWith("rebuild_failed");
        assertThat(making.column(service, "coalesce(changing, '-')")).isEqualTo("-");
    }

    @Test
    void whatWaitedForTooLongBeforeItWasAskedForIsGivenItsTime() {
        here.vendor.stands(Progress.running(10));
        want(FANCY);
        here.pass(Rebuild.PATIENCE.plusSeconds(1));
        here.work(2);
        assertThat(making.desk.column(making.books.tenant, "state")).doesNotContain("PARKED");
        here.pass(Rebuild.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(making.desk.column(making.books.tenant, "state")).contains("PARKED");
    }

    @Test
    void whatNobodyAnsweredIsAskedForAgainWhenStaffHaveLooked() {
        here.vendor.fates(Fate.SILENT);
        want(FANCY);
        here.work();
        here.pass(Rebuild.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(making.desk.column(making.books.tenant, "state")).contains("PARKED");
        assertThat(here.vendor.asked()).hasSize(1);

        assertThat(making.books.<Looked>in(() -> making.decisions().lookAgain(service, "it runs as before")))
                .isEqualTo(new Looked.Again());
        here.work(2);
        assertThat(here.vendor.asked()).hasSize(2);
        assertThat(making.timeline(service)).endsWith("looked_again", "rebuilt");
    }

    @Test
    void theServerOfAnotherWhoGotItsNumberIsNotEmptied() {
        making.vendor.gives(making.column(service, "upstream_id"), UUID.randomUUID());
        want(FANCY);
        here.work(2);
        assertThat(here.vendor.asked()).isEmpty();
        assertThat(making.timeline(service)).endsWith("rebuild_wanted", "rebuild_failed");
        assertThat(making.column(service, "coalesce(changing, '-')")).isEqualTo("-");
    }

    @Test
    void afterALostAnswerTheServerOfAnotherWhoGotItsNumberIsNotEmptied() {
        here.vendor.fates(Fate.SILENT);
        want(FANCY);
        here.work();
        making.vendor.gives(making.column(service, "upstream_id"), UUID.randomUUID());
        here.pass(Calls.DELAY_MAX.plusMinutes(1));
        here.work(2);
        assertThat(here.vendor.asked()).hasSize(1);
        assertThat(here.vendor.anew()).isEmpty();
    }

    @Test
    void peopleAreToldOfItAndWhoAskedForIt() {
        var olga = here.member(service, "Olga");
        Database.in(making.books.tenant, () -> {
            try (var acting = Actors.enter(olga)) {
                return here.rebuilds.want(service, FANCY, "web");
            }
        });
        here.work(2);
        assertThat(here.told(olga)).containsExactly("SERVICE_REBUILT web Olga");
    }

    @Test
    void oneThingAtATimeIsWanted() {
        want(FANCY);
        assertThat(asked(FANCY, "web")).isEqualTo(new Outcome.Busy("rebuild"));
        assertThat(making.books.<Resizes.Outcome>in(() -> here.resizes.want(service, making.plan)))
                .isEqualTo(new Resizes.Outcome.Busy("rebuild"));
    }

    @Test
    void nobodyEmptiesWhatOthersHave() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(making.books.tenant, () -> {
                    try (var acting = Actors.enter(stranger)) {
                        return here.rebuilds.want(service, FANCY, "web");
                    }
                }))
                .isInstanceOf(NotVisible.class);
        assertThat(making.column(service, "coalesce(changing, '-')")).isEqualTo("-");
    }

    @Test
    void whatThereIsToChooseFromBeginsWithWhatItHas() {
        want(new Beginning("Plain 2", List.of(), Optional.empty(), Map.of()));
        here.work(2);
        var now = here.summary(service);
        assertThat(making.books
                        .<Optional<Images.Offered>>in(() -> here.rebuilds.offered(now))
                        .orElseThrow()
                        .systems())
                .extracting(Images.Choice::name)
                .startsWith("Plain 2")
                .doesNotContain("Vast");
    }

    private void want(Beginning beginning) {
        assertThat(asked(beginning, "web")).isEqualTo(new Outcome.Wanted());
    }

    private Outcome asked(Beginning beginning, String typed) {
        return making.books.in(() -> here.rebuilds.want(service, beginning, typed));
    }
}
