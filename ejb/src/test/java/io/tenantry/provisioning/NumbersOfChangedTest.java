package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.provider.Wish;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has the number of a server by now, and is another's, is neither emptied nor resized nor named. */
class NumbersOfChangedTest {
    private static Operating here;
    private static Making making;
    private static UUID large;
    private UUID service = new UUID(0, 0);

    @BeforeAll
    static void open() {
        here = new Operating("numbers-changed");
        making = here.making;
        large = here.plan("14.60", 20, "big");
    }

    @BeforeEach
    void up() {
        making.desk.clear();
        here.vendor.clear();
        service = here.up(making.books.wallet("1"));
    }

    @Test
    void itIsNotEmptied() {
        var beginning = new Beginning("Fancy", List.of(), Optional.empty(), Map.of());
        assertThat(making.books.<Rebuilds.Outcome>in(() -> here.rebuilds.want(service, beginning, "web")))
                .isEqualTo(new Rebuilds.Outcome.Wanted());
        isGivenToAnother();
        here.work(2);

        assertThat(here.vendor.anew()).extracting(Wish::image).isEmpty();
        assertThat(making.timeline(service)).endsWith("rebuild_wanted", "rebuild_failed");
    }

    @Test
    void itIsNotResized() {
        assertThat(making.books.<Resizes.Outcome>in(() -> here.resizes.want(service, large)))
                .isEqualTo(new Resizes.Outcome.Wanted());
        isGivenToAnother();
        here.work(2);

        assertThat(here.vendor.asked()).isEmpty();
        assertThat(making.timeline(service)).endsWith("resize_wanted", "resize_failed");
        assertThat(making.column(service, "plan_id")).isEqualTo(making.plan.toString());
        assertThat(here.holds(service)).containsExactlyInAnyOrder("0.02 TAKEN", "0.02 RELEASED");
    }

    @Test
    void itIsNotNamed() {
        var address = making.column(service, "address");
        assertThat(making.books.<AddressNames.Outcome>in(() -> here.names.name(service, address, "mail.kiosk.example")))
                .isEqualTo(AddressNames.Outcome.WANTED);
        isGivenToAnother();
        here.work(2);

        assertThat(here.vendor.asked()).isEmpty();
    }

    private void isGivenToAnother() {
        making.vendor.gives(making.column(service, "upstream_id"), UUID.randomUUID());
    }
}
