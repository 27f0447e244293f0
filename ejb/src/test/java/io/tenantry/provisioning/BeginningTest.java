package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.Plan;
import io.tenantry.provider.stock.StockImages;
import io.tenantry.provisioning.Images.Choice;
import io.tenantry.provisioning.Services.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BeginningTest {
    private static final String LINE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    private static final Plan.Size SIZE = new Plan.Size(1, 1_024, 10, 1_000);

    private static Counter counter;
    private UUID customer;

    @BeforeAll
    static void open() {
        counter = new Counter("beginning");
    }

    @BeforeEach
    void comeIn() {
        counter.making.desk.clear();
        customer = counter.customer();
    }

    @Test
    void aServerIsHandedWhatWasChosenAsItWasWhenItWasOrdered() {
        var key = counter.key(customer, "Laptop", LINE);
        var script = counter.script(customer, "#!/bin/sh\necho {{word}} {{end=.}}");
        var service = counter.ordered(
                customer, new Beginning("Fancy", List.of(key.id()), Optional.of(script.id()), Map.of("word", "Hello")));
        assertThat(chosen(service))
                .isEqualTo(new Services.Chosen("Fancy", List.of("Laptop"), Optional.of(script.name())));
        counter.making.books.in(() -> counter.keys.delete(key.id()));
        counter.making.books.in(() -> counter.scripts.drop(script.id()));

        counter.making.work();

        var wish = counter.making.vendor.wished();
        assertThat(wish.mark().serviceId()).isEqualTo(service);
        assertThat(wish.image()).isEqualTo("fancy-12");
        assertThat(wish.keys()).containsExactly(LINE);
        assertThat(wish.script()).contains("#!/bin/sh\necho Hello .");
    }

    @Test
    void aServerBeginsAsUsualIfNothingWasChosen() {
        var service = counter.ordered(customer, Beginning.USUAL);
        assertThat(counter.rows(customer, "service_beginning", "service_id")).isZero();
        assertThat(chosen(service)).isEqualTo(new Services.Chosen("", List.of(), Optional.empty()));

        counter.making.work();

        var wish = counter.making.vendor.wished();
        assertThat(wish.image()).isEqualTo("plain");
        assertThat(wish.keys()).isEmpty();
        assertThat(wish.script()).isEmpty();
    }

    @Test
    void whatIsNotOfferedThereIsRefusedAndNothingIsHeld() {
        assertThat(order(new Beginning("Unheard of", List.of(), Optional.empty(), Map.of())))
                .isEqualTo(new Outcome.NoSuchImage());
        assertThat(order(new Beginning("Vast", List.of(), Optional.empty(), Map.of())))
                .as("larger than the plan's disk")
                .isEqualTo(new Outcome.NoSuchImage());
        assertThat(order(new Beginning("plain-2", List.of(), Optional.empty(), Map.of())))
                .as("a vendor's code")
                .isEqualTo(new Outcome.NoSuchImage());
        assertThat(counter.rows(customer, "service", "id")).isZero();
        assertThat(counter.rows(customer, "wallet_hold", "service_id")).isZero();
    }

    @Test
    void whatIsAnotherOrganizationsIsNotThere() {
        var other = counter.customer();
        var own = counter.key(customer, "Own", LINE);
        var key = counter.key(other, "Theirs", LINE);
        var script = counter.script(other, "#!/bin/sh");
        assertThat(order(new Beginning("", List.of(own.id(), key.id()), Optional.empty(), Map.of())))
                .isEqualTo(new Outcome.NoSuchKey());
        assertThat(order(new Beginning("", List.of(UUID.randomUUID()), Optional.empty(), Map.of())))
                .isEqualTo(new Outcome.NoSuchKey());
        assertThat(order(new Beginning("", List.of(), Optional.of(script.id()), Map.of())))
                .isEqualTo(new Outcome.NoSuchScript());
        assertThat(counter.rows(customer, "service", "id")).isZero();
    }

    @Test
    void whatAScriptAsksForHasToBeSaid() {
        var script =
                Optional.of(counter.script(customer, "#!/bin/sh\n{{a}} {{b}}").id());
        assertThat(order(new Beginning("", List.of(), script, Map.of("b", "x\ny"))))
                .isEqualTo(new Outcome.Unanswered(List.of("a", "b")));
    }

    @Test
    void scriptsAreRefusedWhereNobodyRunsThem() {
        var script = Optional.of(counter.script(customer, "#!/bin/sh").id());
        counter.making.vendor.runsScripts(false);
        try {
            assertThat(counter.images.offered(counter.plan, SIZE, "fra").scripts())
                    .isFalse();
            assertThat(order(new Beginning("", List.of(), script, Map.of()))).isEqualTo(new Outcome.NoScripts());
        } finally {
            counter.making.vendor.runsScripts(true);
        }
        assertThat(order(new Beginning("", List.of(), script, Map.of()))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whatIsFilledInMustNotMakeAScriptLongerThanVendorsTake() {
        var script = Optional.of(
                counter.script(customer, "#!/bin/sh\n" + "{{a}}".repeat(500)).id());
        assertThat(order(new Beginning("", List.of(), script, Map.of("a", "x".repeat(400)))))
                .isEqualTo(new Outcome.ScriptTooLong());
    }

    @Test
    void systemsAreOfferedByNameTheUsualOneFirst() {
        assertThat(counter.images.offered(counter.plan, SIZE, "fra").systems())
                .containsExactly(
                        new Choice("Plain 1", "Plain", true, false),
                        new Choice("Fancy", "Fancy", false, true),
                        new Choice("Plain 2", "Plain", false, false));
        assertThat(new Images(new Upstreams(List.of()), new StockImages())
                        .offered(counter.plan, SIZE, "fra")
                        .systems())
                .as("nobody makes it")
                .isEmpty();
    }

    @Test
    void whoSaysTheSameInAnotherOrderSaysTheSame() {
        var one = UUID.randomUUID();
        var two = UUID.randomUUID();
        var some = new Beginning(" Fancy ", List.of(one, two), Optional.empty(), Map.of("a", "1", "b", "2"));
        var same = new Beginning("Fancy", List.of(two, one, two), Optional.empty(), Map.of("b", "2", "a", "1"));
        assertThat(some).isEqualTo(same).hasToString(same.toString());
    }

    private static Services.Chosen chosen(UUID service) {
        return counter.making.books.in(() -> counter.services.one(service)).chosen();
    }

    private Outcome order(Beginning beginning) {
        return counter.order(customer, beginning);
    }
}
