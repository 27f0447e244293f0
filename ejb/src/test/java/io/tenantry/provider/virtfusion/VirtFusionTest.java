package io.tenantry.provider.virtfusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.outbound.Outbound;
import io.tenantry.provider.Addresses;
import io.tenantry.provider.Addresses.Address;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.EveryProvider;
import io.tenantry.provider.FakeVendor;
import io.tenantry.provider.FakeVendor.Fault;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Pauses;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Wish;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtFusionTest extends EveryProvider {
    static final Map<String, String> ORGANIZATION = Map.of(
            VirtFusion.EXT_RELATION_ID, "org-7",
            VirtFusion.NAME, "Lab of Bob",
            VirtFusion.EMAIL, "bob@lab.example");

    @Override
    protected FakeVendor fake() {
        return new FakePanel();
    }

    @Override
    protected Provider open(Outbound outbound, Credentials credentials, Pauses pauses) {
        var api = new VendorApi(outbound, credentials, new VirtFusionDialect(), Clock.systemUTC(), pauses);
        return new VirtFusionAccount(api, credentials.base());
    }

    @Override
    protected Codes codes() {
        return new Codes("1", "1", "46", ORGANIZATION);
    }

    @Override
    protected void others(FakeVendor vendor, int count) {
        for (var i = 0; i < count; i++) {
            panel().stranger("complete");
        }
    }

    @Override
    protected boolean makes(FakeVendor.Asked request) {
        return request.method().equals("POST") && request.path().equals("/servers");
    }

    @Override
    protected void settle(FakeVendor vendor) {
        panel().settle();
    }

    private FakePanel panel() {
        return (FakePanel) vendor;
    }

    @Test
    void aFurtherAddressComesAndGoesBesideTheFirst() {
        var account = (Addresses) provider;
        var id = String.valueOf(panel().stranger("complete").id);
        var own = account.addresses(id).get(0).text();
        var more = account.addAddress(id);
        assertThat(more.ready()).isTrue();
        assertThat(account.addresses(id)).extracting(Address::text).containsExactly(own, more.text());
        account.releaseAddress(id, more.text());
        account.releaseAddress(id, more.text());
        assertThat(account.addresses(id)).extracting(Address::text).containsExactly(own);
        assertThat(account.isKept("4711", own)).isFalse();
    }

    @Test
    void aServerBelongsToTheUserOfTheOrganizationWhoIsMadeOnce() {
        provider.create(wish());
        provider.create(wish());

        assertThat(panel().users).singleElement().satisfies(user -> {
            assertThat(user.said().getString("relStr")).isEqualTo("org-7");
            assertThat(user.said().getString("name")).isEqualTo("Lab of Bob");
            assertThat(user.said().getString("email")).isEqualTo("bob@lab.example");
            assertThat(user.said().getBoolean("sendMail")).isFalse();
            assertThat(panel().boxes.values()).hasSize(2).allMatch(box -> box.owner == user.id());
        });
    }

    @Test
    void aServerIsToldItsNameItsKeyAndToWriteToNobody() {
        var wish = wish();
        provider.create(wish);

        var box = panel().boxes.values().iterator().next();
        assertThat(box.name).isEqualTo(wish.mark().text());
        assertThat(box.keys).hasSize(1);
        var build = vendor.asked().get(vendor.asked().size() - 1);
        assertThat(build.path()).endsWith("/build");
        assertThat(build.body().getBoolean("email")).isFalse();
        assertThat(build.body().getString("hostname")).isEqualTo("web-1.example.org");
        assertThat(build.body().getInt("operatingSystemId")).isEqualTo(46);
    }

    @Test
    void aKeyIsKeptOnce() {
        provider.create(wish());
        provider.create(wish());
        assertThat(panel().keys).hasSize(1);
    }

    /** We end before, or the answer is lost after, each request from the first order to the second. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /servers/\\d+/modify/name",
                "PUT /servers/\\d+/owner/\\d+",
                "DELETE /users/.*",
                "POST /ssh_keys"
            })
    void anEndBetweenTheTwoOrdersLeavesAServerThatIsFoundAndGoneOnWith(String where) {
        for (var fault : List.of(Fault.SILENT, Fault.DONE_BUT_SILENT)) {
            var wish = wish();
            vendor.forget();
            panel().keys.clear();
            vendor.next(asked -> (asked.method() + " " + asked.path()).matches(where), fault, fault, fault);
            assertThatThrownBy(() -> provider.create(wish)).isInstanceOf(ProviderFailure.class);
            vendor.forget();

            var half = provider.marked(wish.mark());
            assertThat(half).singleElement().satisfies(server -> {
                assertThat(server.state()).isEqualTo(Server.State.RESERVED);
                assertThat(server.mark()).contains(wish.mark());
            });

            var whole = provider.create(wish);
            assertThat(whole.id()).isEqualTo(half.get(0).id());
            assertThat(whole.state()).isEqualTo(Server.State.BUILDING);
            assertThat(provider.marked(wish.mark())).extracting(Server::id).containsExactly(whole.id());
            assertThat(panel().users).as("who held it").hasSize(1);
        }
        assertThat(panel().boxes).hasSize(2);
    }

    @Test
    void whatHasBeenBuiltIsNotBuiltAgain() {
        var wish = wish();
        vendor.next(asked -> asked.path().endsWith("/build"), Fault.DONE_BUT_SILENT);
        assertThatThrownBy(() -> provider.create(wish)).isInstanceOf(ProviderFailure.class);

        assertThat(provider.marked(wish.mark())).extracting(Server::state).containsExactly(Server.State.BUILDING);
        assertThat(provider.create(wish).mark()).contains(wish.mark());
        assertThat(panel().boxes.values())
                .singleElement()
                .satisfies(box -> assertThat(box.builds).isEqualTo(1));
    }

    @Test
    void twoThatAreMadeAtOnceDoNotTakeEachOthersServer() {
        var one = wish();
        var other = wish();
        vendor.next(this::makes, Fault.DONE_BUT_SILENT);
        assertThatThrownBy(() -> provider.create(one)).isInstanceOf(ProviderFailure.class);

        var second = provider.create(other);
        var first = provider.create(one);

        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(provider.marked(one.mark())).extracting(Server::id).containsExactly(first.id());
        assertThat(provider.marked(other.mark())).extracting(Server::id).containsExactly(second.id());
        assertThat(panel().boxes).hasSize(2);
    }

    @Test
    void aGroupWithoutRoomIsSoldOutAndAWishWithoutWhatThePanelNeedsIsInvalid() {
        assertThat(reason(wish("2", "1", ORGANIZATION))).isEqualTo(Reason.NO_CAPACITY);
        assertThat(reason(wish("1", "99", ORGANIZATION))).isEqualTo(Reason.INVALID);
        assertThat(reason(wish("1", "small", ORGANIZATION))).isEqualTo(Reason.INVALID);
        assertThat(reason(wish("1", "1", Map.of(VirtFusion.EMAIL, "bob@lab.example"))))
                .isEqualTo(Reason.INVALID);
        assertThat(panel().boxes).isEmpty();
    }

    private Reason reason(Wish wish) {
        try {
            provider.create(wish);
        } catch (ProviderFailure failure) {
            return failure.reason();
        }
        throw new AssertionError("made all the same");
    }

    static Wish wish(String region, String size, Map<String, String> options) {
        return new Wish(
                new Mark(UUID.randomUUID()),
                "web-1.example.org",
                region,
                size,
                "46",
                List.of(),
                Optional.empty(),
                options);
    }

    @Test
    void theCatalogueHasWhatIsSoldWithoutPricesAndEachSystemOnce() {
        var catalogue = provider.catalogue();

        assertThat(catalogue.sizes()).extracting(Catalogue.Size::code).containsExactly("1", "3");
        assertThat(catalogue.sizes().get(0))
                .as("no limit is said by a limit of nothing")
                .isEqualTo(new Catalogue.Size("1", "Small", "", 2, 1024, 10, 0, true, List.of(), List.of()));
        assertThat(catalogue.sizes().get(1))
                .isEqualTo(new Catalogue.Size("3", "Large", "", 2, 4096, 40, 200, List.of(), List.of()));
        assertThat(catalogue.images())
                .containsExactly(
                        new Catalogue.Image("46", "Debian 12 (Bookworm) Minimal", "Debian", 0, false),
                        new Catalogue.Image("8", "Debian 9", "Debian", 0, true));
        assertThat(catalogue.regions()).hasSize(203);
        assertThat(catalogue.regions().get(2)).isEqualTo(new Catalogue.Region("3", "Group 3", "", false));
    }

    @Test
    void aServerTellsItsRegionAndWhenItWasMade() {
        var server = provider.create(wish());
        assertThat(server.region()).isEqualTo("1");
        assertThat(server.createdAt()).contains(Instant.parse("2025-01-20T14:00:47Z"));
        assertThat(provider.servers()).singleElement().satisfies(brief -> {
            assertThat(brief.id()).isEqualTo(server.id());
            assertThat(brief.state()).isEqualTo(Server.State.BUILDING);
            assertThat(brief.addresses()).isEmpty();
        });
    }
}
