package io.tenantry.people;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All pages by their files, each with an address at which a person of the test data sees it. */
final class Places {
    private static final Path FILES = Path.of("../web/src/main/webapp");

    private Places() {}

    /**
     * A page.
     *
     * @param file within the web application, without the extension
     * @param path its address on the stage
     */
    record Place(String file, String path) {
        static Place of(String file) {
            return new Place(file, "/" + file.replaceAll("(^|/)index$", ""));
        }

        /** The expected status. */
        int status() {
            return switch (file) {
                case "no such page" -> 404;
                case "not allowed" -> 403;
                default -> 200;
            };
        }
    }

    /** Pages for anonymous visitors. */
    static List<Place> ofStrangers() {
        return List.of(
                new Place("home", "/"),
                Place.of("plans"),
                Place.of("regions"),
                Place.of("faq"),
                Place.of("status"),
                Place.of("contact"),
                Place.of("register"),
                new Place("legal", "/legal?text=imprint"),
                Place.of("sign-in"),
                Place.of("forgot"),
                Place.of("link"),
                Place.of("docs/problems"),
                Place.of("gallery"),
                new Place("no such page", "/portal/../nowhere"));
    }

    /** Pages of a customer's member. */
    static List<Place> ofCustomers(BrowserTestSetup.Made made) {
        return List.of(
                Place.of("portal/index"),
                Place.of("portal/services"),
                new Place("portal/service", "/portal/service?id=" + made.id("service")),
                new Place("portal/service-network", "/portal/service-network?id=" + made.id("service")),
                new Place("portal/service-settings", "/portal/service-settings?id=" + made.id("service")),
                new Place("portal/service-rebuild", "/portal/service-rebuild?id=" + made.id("service")),
                new Place("portal/service-volumes", "/portal/service-volumes?id=" + made.id("service")),
                new Place("portal/service-backups", "/portal/service-backups?id=" + made.id("service")),
                new Place("portal/service-snapshots", "/portal/service-snapshots?id=" + made.id("service")),
                Place.of("portal/volumes"),
                new Place("portal/volume", "/portal/volume?id=" + made.id("volume")),
                Place.of("portal/snapshots"),
                new Place("portal/snapshot", "/portal/snapshot?id=" + made.id("snapshot")),
                new Place("portal/address", "/portal/address?id=" + made.id("address")),
                new Place("portal/service-metrics", "/portal/service-metrics?id=" + made.id("service")),
                new Place("portal/console", "/portal/console?service=" + made.id("service")),
                new Place("portal/vnc", "/portal/vnc?id=" + made.id("service")),
                Place.of("portal/order"),
                order(made, "region"),
                order(made, "system"),
                order(made, "keys"),
                order(made, "review"),
                Place.of("portal/ssh-keys"),
                new Place("portal/members", "/portal/members?person=" + made.id("person")),
                Place.of("portal/invitations"),
                Place.of("portal/api-keys"),
                Place.of("portal/scripts"),
                new Place("portal/script", "/portal/script?id=" + made.id("script")),
                Place.of("portal/wallet"),
                new Place("portal/charge", "/portal/charge?wallet=" + made.id("wallet") + "&day=" + made.day()),
                Place.of("portal/transfer"),
                Place.of("portal/invoices"),
                Place.of("portal/invoice"),
                new Place("portal/invoice", "/portal/invoice" + made.document().orElse("")),
                Place.of("portal/billing-address"),
                Place.of("portal/account-statement"),
                Place.of("portal/notifications"),
                new Place("portal/search", "/portal/search?q=first"),
                Place.of("portal/me"),
                new Place("not allowed", "/staff"),
                new Place("portal/invoice-line", "/portal/invoice-line" + line(made)));
    }

    private static String line(BrowserTestSetup.Made made) {
        return "?wallet=" + made.id("wallet") + "&period=" + made.period();
    }

    /** A step of an order, with all preceding choices. */
    private static Place order(BrowserTestSetup.Made made, String step) {
        return new Place(
                "portal/order",
                "/portal/order?step=" + step + "&plan=" + made.id("small") + "&region=fra1&script=" + made.id("script")
                        + "&key=" + made.id("key"));
    }

    /** Pages of a reseller's staff. */
    static List<Place> ofStaff(BrowserTestSetup.Made made, String question, String mail) {
        return List.of(
                Place.of("staff/index"),
                Place.of("staff/revenue"),
                Place.of("staff/customers"),
                new Place("staff/customer", "/staff/customer?id=" + made.id("organization")),
                new Place(
                        "staff/customer-members",
                        "/staff/customer-members?organization=" + made.id("organization") + "&person="
                                + made.id("person")),
                Place.of("staff/add-customer"),
                Place.of("staff/invoices"),
                new Place("staff/invoice", "/staff/invoice?organization=" + made.id("organization")),
                new Place(
                        "staff/invoice",
                        "/staff/invoice" + made.document().orElse("?organization=" + made.id("organization"))),
                Place.of("staff/invoice-settings"),
                Place.of("staff/invoice-template"),
                Place.of("staff/settlements"),
                new Place("staff/settlement", "/staff/settlement?id=" + made.id("settlement")),
                new Place("staff/settlement-line", "/staff/settlement-line?line=1&id=" + made.id("settlement")),
                Place.of("staff/accounting"),
                Place.of("staff/datev"),
                Place.of("staff/reports"),
                new Place("staff/reports", "/staff/reports?of=recurring"),
                new Place("staff/reports", "/staff/reports?of=margin"),
                new Place("staff/reports", "/staff/reports?of=taxes"),
                new Place("staff/reports", "/staff/reports?of=oss"),
                new Place("staff/reports", "/staff/reports?of=debts"),
                new Place("staff/reports", "/staff/reports?of=wallets"),
                new Place("staff/price-backtest", "/staff/price-backtest?percent=7.5"),
                Place.of("staff/bank"),
                new Place("staff/bank-line", "/staff/bank-line?id=" + made.id("bank-line")),
                new Place("staff/bank-import", "/staff/bank-import?id=" + made.id("bank-import")),
                new Place("staff/bank-review", "/staff/bank-review?id=" + made.id("bank-review")),
                new Place(
                        "staff/account-statement", "/staff/account-statement?organization=" + made.id("organization")),
                Place.of("staff/tax"),
                new Place("staff/tax-status", "/staff/tax-status?organization=" + made.id("organization")),
                Place.of("staff/dunning"),
                Place.of("staff/dunning-policy"),
                Place.of("staff/approvals"),
                new Place("staff/approval", "/staff/approval?id=" + made.id("adjustment")),
                new Place("staff/customer-dunning", "/staff/customer-dunning?organization=" + made.id("organization")),
                Place.of("staff/services"),
                new Place("staff/service", "/staff/service?id=" + made.id("service")),
                new Place("staff/service-network", "/staff/service-network?id=" + made.id("service")),
                new Place("staff/service-settings", "/staff/service-settings?id=" + made.id("service")),
                new Place("staff/service-rebuild", "/staff/service-rebuild?id=" + made.id("service")),
                new Place("staff/service-volumes", "/staff/service-volumes?id=" + made.id("service")),
                new Place("staff/service-backups", "/staff/service-backups?id=" + made.id("service")),
                new Place("staff/service-snapshots", "/staff/service-snapshots?id=" + made.id("service")),
                new Place("staff/volume", "/staff/volume?id=" + made.id("volume")),
                new Place("staff/snapshot", "/staff/snapshot?id=" + made.id("snapshot")),
                new Place("staff/address", "/staff/address?id=" + made.id("address")),
                new Place("staff/service-metrics", "/staff/service-metrics?id=" + made.id("service")),
                new Place("staff/console", "/staff/console?service=" + made.id("service")),
                new Place("staff/vnc", "/staff/vnc?id=" + made.id("service")),
                new Place("staff/order", "/staff/order?organization=" + made.id("organization")),
                new Place("staff/quota", "/staff/quota?organization=" + made.id("organization")),
                new Place("staff/impersonate", "/staff/impersonate?organization=" + made.id("organization")),
                new Place(
                        "staff/customer-transfer", "/staff/customer-transfer?organization=" + made.id("organization")),
                new Place("staff/charge", "/staff/charge?wallet=" + made.id("wallet") + "&day=" + made.day()),
                Place.of("staff/plans"),
                new Place("staff/plan", "/staff/plan?id=" + made.id("small")),
                Place.of("staff/add-plan"),
                Place.of("staff/transfer-price"),
                Place.of("staff/addon-prices"),
                Place.of("staff/wholesale-prices"),
                Place.of("staff/order-policy"),
                Place.of("staff/providers"),
                new Place("staff/provider", "/staff/provider?id=" + made.id("account")),
                Place.of("staff/add-provider"),
                Place.of("staff/provider-catalog"),
                Place.of("staff/provider-regions"),
                Place.of("staff/provider-images"),
                new Place("staff/import-plans", "/staff/import-plans?id=" + made.id("size")),
                Place.of("staff/discrepancies"),
                new Place("staff/discrepancy", "/staff/discrepancy?id=" + made.id("finding")),
                new Place("staff/addon-discrepancy", "/staff/addon-discrepancy?id=" + made.id("option-finding")),
                Place.of("staff/reviews"),
                new Place("staff/review", "/staff/review?id=" + made.id("decision")),
                Place.of("staff/contact-messages"),
                Place.of("staff/mails"),
                new Place("staff/mail", mail),
                Place.of("staff/announcements"),
                Place.of("staff/incidents"),
                Place.of("staff/site"),
                new Place("staff/faq-entry", question),
                new Place("staff/region-location", "/staff/region-location?region=fra1"),
                Place.of("staff/brand"),
                Place.of("staff/legal"),
                Place.of("staff/team"),
                Place.of("staff/api-keys"),
                Place.of("staff/audit"),
                Place.of("staff/recordings"),
                Place.of("staff/notifications"),
                new Place("staff/search", "/staff/search?q=kiosk"),
                Place.of("staff/me"),
                new Place("staff/invoice-line", "/staff/invoice-line" + line(made)),
                Place.of("staff/currencies"));
    }

    /** Pages of the platform's operators. */
    static List<Place> ofOperators(BrowserTestSetup.Made made, String slug, String work) {
        return List.of(
                Place.of("admin/index"),
                Place.of("admin/tenants"),
                new Place("admin/tenants/one", "/admin/tenants/one?slug=" + slug),
                Place.of("admin/tenants/new"),
                Place.of("admin/runs"),
                Place.of("admin/invoicing"),
                Place.of("admin/settlements"),
                new Place("admin/settlements/one", "/admin/settlements/one?slug=" + slug),
                Place.of("admin/settlements/seller"),
                new Place("admin/settlements/groups", "/admin/settlements/groups?month=2025-12"),
                new Place("admin/settlements/document", "/admin/settlements/document?id=" + made.id("settlement")),
                new Place("admin/settlements/line", "/admin/settlements/line?line=1&id=" + made.id("settlement")),
                Place.of("admin/work"),
                new Place("admin/work/one", "/admin/work/one?id=" + work),
                Place.of("admin/auditor"),
                Place.of("admin/health"),
                Place.of("admin/secrets"),
                Place.of("admin/operators"),
                Place.of("admin/audit"),
                Place.of("admin/api-keys"),
                Place.of("admin/notifications"),
                new Place("admin/search", "/admin/search?q=path"),
                Place.of("admin/me"),
                Place.of("admin/exchange-rates"),
                Place.of("admin/price-lists"),
                new Place("admin/price-lists/one", "/admin/price-lists/one?id=" + made.id("price-list")),
                Place.of("admin/price-lists/accounts"),
                new Place("admin/settlements/credit", "/admin/settlements/credit?id=" + made.id("settlement")),
                new Place("admin/settlements/payment", "/admin/settlements/payment?entry=" + made.id("payment")));
    }

    /** The files of all pages, so that none is forgotten when one is added. */
    static Set<String> files() {
        return files(FILES).stream()
                .filter(file -> !file.startsWith("WEB-INF/") && !file.startsWith("resources/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The files of all error pages. */
    static Set<String> errors() {
        return files(FILES.resolve("WEB-INF/errorpages"));
    }

    private static Set<String> files(Path folder) {
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".xhtml"))
                    .map(file -> folder.relativize(file).toString().replace(".xhtml", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
