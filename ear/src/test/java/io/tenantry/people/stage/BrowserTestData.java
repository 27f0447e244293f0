package io.tenantry.people.stage;

import io.tenantry.admin.platform.Tenants;
import io.tenantry.bench.driver.PriceListSetup;
import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.AdjustmentReason;
import io.tenantry.billing.adjustment.Adjustments;
import io.tenantry.billing.invoicing.BillingParties;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.InvoiceSettings;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.PriceListPublications;
import io.tenantry.catalog.pricing.PriceListQuery;
import io.tenantry.catalog.pricing.PriceLists;
import io.tenantry.cloud.consolekeys.ConsoleKeys;
import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerRebuild;
import io.tenantry.cloud.provider.account.ProviderAccounts;
import io.tenantry.cloud.provider.catalog.CatalogImport;
import io.tenantry.cloud.provider.catalog.Markup;
import io.tenantry.cloud.provider.catalog.PlanImport;
import io.tenantry.cloud.provider.catalog.ProviderImages;
import io.tenantry.cloud.provider.catalog.ProviderRegions;
import io.tenantry.cloud.provider.catalog.ProviderSizes;
import io.tenantry.cloud.provider.sandbox.SandboxProvider;
import io.tenantry.cloud.provisioning.Order;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.cloud.transfer.OveragePrices;
import io.tenantry.cloud.transfer.TransferPackOffers;
import io.tenantry.it.Drafts;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.people.identity.ApiKeys;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.MemberInvitations;
import io.tenantry.people.identity.Members;
import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.PasswordLinks;
import io.tenantry.people.identity.PasswordReset;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.identity.PersonAccounts;
import io.tenantry.people.identity.Staff;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Brands, customers and operators, created by the application's own use cases. */
@ApplicationScoped
public class BrowserTestData {
    private static final String REGION = "fra1";
    private static final String SIZE = "s-1-2";
    private static final String GREATER_SIZE = "s-2-4";
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    private static final String SCRIPT = "#!/bin/sh\necho '{{words: Words of greeting}} {{end = !}}'";

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int LOOKS_MAX = 300;

    @Inject
    MemberInvitations invitations;

    @Inject
    Tenants tenants;

    @Inject
    Catalog catalog;

    @Inject
    PriceLists lists;

    @Inject
    PriceListQuery priceListQuery;

    @Inject
    PriceListPublications publications;

    @Inject
    Organizations organizations;

    @Inject
    Members members;

    @Inject
    PersonAccounts personAccounts;

    @Inject
    Staff staff;

    @Inject
    BillingParties billingParties;

    @Inject
    InvoiceSettings office;

    @Inject
    PasswordLinks passwordLinks;

    @Inject
    PasswordReset choice;

    @Inject
    ApiKeys keys;

    @Inject
    WalletAdministration wallets;

    @Inject
    Adjustments adjustments;

    @Inject
    ServiceOrders serviceOrders;

    @Inject
    SshKeys sshKeys;

    @Inject
    StartupScripts scripts;

    @Inject
    ProviderAccounts accounts;

    @Inject
    CatalogImport imports;

    @Inject
    ProviderRegions places;

    @Inject
    ProviderSizes providerSizes;

    @Inject
    ProviderImages images;

    @Inject
    PlanImport planImport;

    @Inject
    SandboxProvider provider;

    @Inject
    ConsoleKeys consoleKeys;

    @Inject
    MovableClock clock;

    @Inject
    SampleDiscrepancies sampleDiscrepancies;

    @Inject
    OveragePrices overagePrices;

    @Inject
    TransferPackOffers transferPackOffers;

    @Inject
    UncreatedAddons uncreatedAddons;

    /**
     * Creates a brand on {@code slug.localhost} in euros and English with a member of staff, two plans, a customer with its owner, a hundred
     * euros and one server; all with that password. A brand of that slug from an earlier run of the same tests is removed first, so that a
     * failed class can be repeated in the same server.
     *
     * @return the ids of the created objects, by name
     */
    Map<String, String> brand(String slug, String password) {
        return asSystem(() -> {
            tenants.all().stream()
                    .map(Tenant::id)
                    .filter(known -> known.value().equals(slug))
                    .forEach(tenants::erase);
            var made = created(tenants.create(Drafts.of(slug, "Brand " + slug, "EUR")));
            var settled = Tenancy.in(
                    Scope.PLATFORM,
                    () -> Map.of(
                            "price-list", keepPrices().toString(),
                            "settlement", sampleDiscrepancies.settled(made.tenant(), "EUR"),
                            "payment", sampleDiscrepancies.paid(made.tenant())));
            return Tenancy.in(made.tenant(), () -> {
                choice.choose(secret(made.link().orElseThrow().url()), password);
                catalog.keepCategory("vps", "VPS", 1);
                catalog.keepRegion(new Catalog.Region(REGION, "Frankfurt", "DE"));
                var small = plan("small", "Small", "7.30");
                var large = plan("large", "Large", "14.60");
                overagePrices.publish(Money.of("0.01", "EUR"));
                transferPackOffers.offer(new TransferPackOffers.Draft(1_024, Money.of("5", "EUR"), Optional.of(12)));
                return customer(slug, password, small, large, settled);
            });
        });
    }

    private static Tenants.Outcome.Created created(Tenants.Outcome outcome) {
        if (outcome instanceof Tenants.Outcome.Created created) {
            return created;
        }
        throw new IllegalStateException("the brand was refused: " + outcome);
    }

    private Map<String, String> customer(
            String slug, String password, UUID small, UUID large, Map<String, String> settled) {
        var created = (Organizations.Outcome.Created) organizations.create(new Organizations.Draft(
                "Kiosk " + slug, "billing@kiosk.example", "DE", "Olga Owner", "olga@kiosk.example"));
        passwordLinks.setByTheSystem(created.personId(), choice.hash(password));
        var wallet = wallets.of(created.organizationId()).get(0).id();
        var adjustment = UUID.randomUUID();
        adjustments.ask(new Adjustments.AdjustmentRequest(
                adjustment, wallet, Kind.CREDIT, AdjustmentReason.PAYMENT, new BigDecimal("100"), "first transfer"));
        var server = ((ServiceOrders.Outcome.Done)
                        serviceOrders.order(new Order(created.organizationId(), "first", small, REGION)))
                .serviceId();
        var account = account(slug);
        var key = ((SshKeys.Outcome.Added) sshKeys.add(created.organizationId(), "Olga's laptop", KEY)).key();
        var snapshot = uncreatedAddons.failed(server);
        var volume = uncreatedAddons.refused(server);
        sampleDiscrepancies.parked(snapshot);
        var script = ((StartupScripts.Outcome.Saved)
                        scripts.keep(created.organizationId(), Optional.empty(), "Greeting", SCRIPT))
                .script();
        return Map.ofEntries(
                Map.entry("organization", created.organizationId().toString()),
                Map.entry("person", created.personId().toString()),
                Map.entry("wallet", wallet.toString()),
                Map.entry("service", server.toString()),
                Map.entry("account", account.toString()),
                Map.entry("finding", sampleDiscrepancies.address(server).toString()),
                Map.entry(
                        "option-finding", sampleDiscrepancies.remainder(volume).toString()),
                Map.entry("adjustment", adjustment.toString()),
                Map.entry(
                        "bank-line",
                        sampleDiscrepancies.transfer(created.organizationId()).toString()),
                Map.entry("bank-import", sampleDiscrepancies.bankDraft().toString()),
                Map.entry("bank-review", sampleDiscrepancies.bankReview().toString()),
                Map.entry("volume", volume.toString()),
                Map.entry("snapshot", snapshot.toString()),
                Map.entry("decision", snapshot.toString()),
                Map.entry("address", uncreatedAddons.lacking(server).toString()),
                Map.entry(
                        "size", providerSizes.rows(ListQuery.of(1)).get(0).id().toString()),
                Map.entry("small", small.toString()),
                Map.entry("large", large.toString()),
                Map.entry("settlement", settled.getOrDefault("settlement", "")),
                Map.entry("payment", settled.getOrDefault("payment", "")),
                Map.entry("price-list", settled.getOrDefault("price-list", "")),
                Map.entry("key", key.id().toString()),
                Map.entry("script", script.id().toString()));
    }

    /** Connects the provider account that needs no credentials, reads its catalog, and offers it in the brand's region. */
    private UUID account(String slug) {
        var added = (ProviderAccounts.Outcome.Done)
                accounts.add(new ProviderAccounts.Draft("Toys", "sandbox", "", "stage-" + slug));
        if (imports.take(added.id()) instanceof CatalogImport.Outcome.Failed failed) {
            throw new IllegalStateException("nothing was read: " + failed);
        }
        var all = places.find(ListQuery.of(100)).rows().stream()
                .filter(providerRegion -> providerRegion.code().equals(REGION))
                .map(ProviderRegions.ProviderRegion::id)
                .toList();
        places.assign(all, Optional.of(REGION));
        return added.id();
    }

    /** Sets a brand's seller data and issues due documents; returns a document's id. */
    Map<String, String> billed(String slug) {
        return asSystem(() -> Tenancy.in(new TenantId(slug), () -> {
            var postalAddress =
                    new PostalAddress("Brand " + slug + " GmbH", "Hafenstrasse 1", "20095", "Hamburg", "DE");
            if (!(billingParties.sell(new InvoiceSeller(postalAddress, "DE999999995", "", "", "", "", "", "", "", ""))
                    instanceof BillingParties.Outcome.Written)) {
                throw new IllegalStateException(postalAddress + " cannot be on a document");
            }
            office.issueNow();
            var document = issued();
            return Map.of("invoice", document.toString(), "period", sampleDiscrepancies.period(document));
        }));
    }

    private UUID issued() {
        for (var i = 0; i < LOOKS_MAX; i++) {
            var found = sampleDiscrepancies.document();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new IllegalStateException("no document is issued");
    }

    /** Adds a second customer of a brand, joined as a member by an existing person. */
    Map<String, String> secondOrganization(String slug, String name, String joins) {
        return asSystem(() -> Tenancy.in(new TenantId(slug), () -> {
            var created = (Organizations.Outcome.Created) organizations.create(
                    new Organizations.Draft(name, "books@second.example", "AT", "Wim Second", "wim@second.example"));
            members.invite(created.organizationId(), joins, "Known already", "member");
            return Map.of("organization", created.organizationId().toString());
        }));
    }

    /** Creates a link for a person of one of the brand's customers, or an invited one, which only the system can see. */
    Map<String, String> mailed(String slug, String email) {
        return asSystem(() -> Tenancy.in(new TenantId(slug), () -> {
            for (var one : organizations.page("", 0, 50)) {
                for (var invited : invitations.open(one.id())) {
                    if (invited.email().equals(email)) {
                        var sent = invitations.sendAgain(one.id(), invited.id()).orElseThrow();
                        return Map.of("link", sent.shown().orElseThrow().url());
                    }
                }
            }
            var person = organizations.page(email, 0, 1).stream()
                    .flatMap(one -> members.of(one.id()).stream())
                    .filter(one -> one.email().equals(email))
                    .findFirst()
                    .orElseThrow();
            var link = personAccounts.sendLink(person.personId()).shown().orElseThrow();
            return Map.of("link", link.url());
        }));
    }

    /** Adds a plan of a brand that is sold in New York only, and two images with the brand's own names. */
    Map<String, String> elsewhere(String slug) {
        return asSystem(() -> Tenancy.in(new TenantId(slug), () -> {
            catalog.keepRegion(new Catalog.Region("nyc1", "New York", "US"));
            names("debian-13", "Debian");
            names("ubuntu-22.04", "Ubuntu of old");
            return Map.of("plan", plan("coastal", "Coastal", "9.10", "nyc1").toString());
        }));
    }

    /** Orders a server for a customer as another person. */
    Map<String, String> order(String slug, String organization, String plan, String name) {
        return asSystem(() -> Tenancy.in(new TenantId(slug), () -> {
            var order = new Order(UUID.fromString(organization), name, UUID.fromString(plan), REGION);
            var done = (ServiceOrders.Outcome.Done) serviceOrders.order(order);
            return Map.of("service", done.serviceId().toString());
        }));
    }

    /**
     * Adds plans of a brand that are created in its account with the provider that needs no credentials: Toy, and Giant with more of
     * everything.
     */
    Map<String, String> sold(String slug) {
        return asSystem(() -> Tenancy.in(new TenantId(slug), () -> {
            var size = size(SIZE);
            var markup = new Markup(Markup.Kind.AMOUNT, new BigDecimal("7.30").subtract(monthly(size)));
            var terms = new PlanImport.Terms("vps", 9, markup, Optional.of(BigDecimal.ONE), Set.of(REGION));
            var item = new PlanImport.Item(size.id(), "toy", "Toy", Optional.empty());
            var giant = new PlanImport.Item(size(GREATER_SIZE).id(), "giant", "Giant", Optional.empty());
            if (planImport.sell(List.of(item, giant), terms) instanceof PlanImport.Outcome.Invalid invalid) {
                throw new IllegalStateException("nothing was sold: " + invalid);
            }
            return Map.of(
                    "toy",
                    catalog.names().stream()
                            .filter(plan -> plan.name().equals("Toy"))
                            .findFirst()
                            .orElseThrow()
                            .id()
                            .toString());
        }));
    }

    /** Offers a provider's image under the brand's own name. */
    private void names(String code, String name) {
        images.find(ListQuery.of(100)).rows().stream()
                .filter(image -> image.code().equals(code))
                .forEach(image -> images.name(Map.of(image.id(), name)));
    }

    private ProviderSizes.Size size(String code) {
        return providerSizes.rows(ListQuery.of(100)).stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static BigDecimal monthly(ProviderSizes.Size size) {
        return size.monthly().orElseThrow().amount();
    }

    /** Orders a server for a customer as another person, in the sandbox. */
    Map<String, String> console(String slug, String organization, String plan, String name) {
        var service = order(slug, organization, plan, name).get("service");
        return asSystem(() -> Tenancy.in(new TenantId(slug), () -> {
            var providerServer = account().create(serverSpec(UUID.fromString(service), name));
            awaitUp(providerServer.id());
            return Map.of("service", service, "server", providerServer.id());
        }));
    }

    /** Rebuilds a server, with the same authorized keys and another host key. */
    Map<String, String> rebuild(String slug, String service, String server) {
        return asSystem(() -> Tenancy.in(new TenantId(slug), () -> {
            var providerTask =
                    ((ServerRebuild) account()).rebuild(server, serverSpec(UUID.fromString(service), "rebuilt"));
            awaitUp(server);
            return Map.of("task", providerTask.id());
        }));
    }

    /** Waits until it runs: it takes seconds in real time, since moving the clock would affect all tests. */
    Map<String, String> up(String slug, String server) {
        return asSystem(() -> Tenancy.in(new TenantId(slug), () -> {
            awaitUp(server);
            return Map.of("server", server);
        }));
    }

    private void awaitUp(String server) {
        for (var i = 0; i < LOOKS_MAX; i++) {
            if (account()
                    .server(server)
                    .filter(one -> one.state() == ProviderServer.State.RUNNING)
                    .isPresent()) {
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new IllegalStateException(server + " does not come up");
    }

    /** Opens the account as {@code SandboxTarget} does. */
    private ProviderClient account() {
        return provider.open(
                new Credentials(provider.base().orElseThrow(), Tenancy.tenant().value()));
    }

    private io.tenantry.cloud.provider.ServerSpec serverSpec(UUID service, String name) {
        return new io.tenantry.cloud.provider.ServerSpec(
                new ResourceTag(service),
                name,
                REGION,
                "s-1-2",
                "debian-13",
                consoleKeys.publicKey(service).stream().toList(),
                Optional.empty(),
                Map.of());
    }

    /** Creates an owner's API key, with permission to view everything of the organization and to manage its servers. */
    Map<String, String> key(String slug, String organization, String owner) {
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.fromString(owner), "Olga Owner"))) {
            var scopes = Set.of(
                    Permission.VPS_VIEW,
                    Permission.VPS_CREATE,
                    Permission.VPS_MANAGE,
                    Permission.VPS_DELETE,
                    Permission.SSH_KEYS_VIEW,
                    Permission.SSH_KEYS_MANAGE,
                    Permission.BILLING_VIEW,
                    Permission.EGRESS_VIEW,
                    Permission.MEMBERS_MANAGE,
                    Permission.SETTINGS_MANAGE);
            var organizationId = UUID.fromString(organization);
            return Tenancy.in(new TenantId(slug), () -> {
                // API clients of other tests may have created the maximum number of keys.
                for (var all = keys.of(organizationId); all.size() >= ApiKeys.LIVE_MAX; all = keys.of(organizationId)) {
                    keys.revoke(organizationId, all.get(0).id());
                }
                return Map.of(
                        "key",
                        keys.create("reader", organizationId, scopes, null).text());
            });
        }
    }

    /** Creates an operator of the platform. */
    Map<String, String> operator(String email, String password) {
        return asSystem(() -> Tenancy.in(Scope.PLATFORM, () -> {
            if (staff.invite(email, "Otto Operator", "operator_owner") instanceof InvitationOutcome.Invited invited) {
                passwordLinks.setByTheSystem(invited.personId(), choice.hash(password));
            }
            return Map.of("email", email);
        }));
    }

    /** Closes a brand's portal. */
    Map<String, String> close(String slug) {
        return asSystem(() -> Tenancy.in(Scope.PLATFORM, () -> {
            tenants.suspend(new TenantId(slug));
            return Map.of("slug", slug);
        }));
    }

    /** Sets the application's clock that many hours ahead. */
    Map<String, String> ahead(int hours) {
        clock.moveBy(Duration.ofHours(hours));
        return Map.of("now", clock.instant().toString());
    }

    /** The wholesale prices for all resellers: one of each plan, nothing for add-ons. */
    private UUID keepPrices() {
        var items = new ArrayList<PriceItem>();
        items.add(PriceListSetup.of(PriceKey.Kind.PLAN, PriceKey.codeOf(2, 4_096, 40, 2_000, false), "1"));
        items.add(PriceListSetup.of(PriceKey.Kind.PLAN, PriceKey.codeOf(2, 8_192, 80, 3_072, false), "6"));
        PriceKey.ADDONS.forEach(code -> items.add(PriceListSetup.of(PriceKey.Kind.ADDON, code, "0")));
        return new PriceListSetup(lists, priceListQuery, publications).addMissing(Currency.getInstance("EUR"), items);
    }

    private UUID plan(String code, String name, String monthly) {
        return plan(code, name, monthly, REGION);
    }

    private UUID plan(String code, String name, String monthly, String region) {
        var added =
                catalog.add(new Catalog.Draft(code, name, "vps", new Plan.Size(2, 4_096, 40, 2_000), Set.of(region)));
        var id = ((Catalog.Outcome.Done) added).id();
        catalog.publish(new Catalog.PriceDraft(id, Money.of(monthly, "EUR"), now()));
        return id;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String secret(String url) {
        return url.substring(url.indexOf('#') + 1);
    }

    private static <T> T asSystem(Supplier<T> work) {
        try (var actorScope = Actors.enter(Actor.system("stage"))) {
            return work.get();
        }
    }
}
