package io.tenantry.web.shell;

import io.tenantry.identity.Permission;
import java.util.List;

/** The navigation of each of the three surfaces: which places there are, and in which order. */
public enum Navigation {
    /** A customer's members. */
    PORTAL("/portal", "building") {
        @Override
        public List<Section> sections() {
            return List.of(new Section(
                    "",
                    List.of(
                            new Destination("/portal", "home", "nav.dashboard"),
                            new Destination("/portal/services", "server", "nav.services")
                                    .with(
                                            "/portal/service",
                                            "/portal/service-network",
                                            "/portal/service-settings",
                                            "/portal/service-rebuild",
                                            "/portal/service-disks",
                                            "/portal/service-copies",
                                            "/portal/service-snapshots",
                                            "/portal/volumes",
                                            "/portal/volume",
                                            "/portal/snapshots",
                                            "/portal/snapshot",
                                            "/portal/address",
                                            "/portal/service-metrics",
                                            "/portal/terminal",
                                            "/portal/screen",
                                            "/portal/order")
                                    .needs(Permission.VPS_VIEW),
                            new Destination("/portal/wallet", "wallet", "nav.wallet")
                                    .with("/portal/transfer", "/portal/charge")
                                    .needs(Permission.BILLING_VIEW),
                            new Destination("/portal/invoices", "file", "nav.invoices")
                                    .with(
                                            "/portal/invoice",
                                            "/portal/invoice-line",
                                            "/portal/billing-address",
                                            "/portal/account")
                                    .needs(Permission.BILLING_VIEW),
                            new Destination("/portal/ssh-keys", "key", "nav.ssh-keys")
                                    .inShort("nav.ssh-keys.short")
                                    .needs(Permission.SSH_KEYS_VIEW),
                            new Destination("/portal/scripts", "file", "nav.scripts")
                                    .inShort("nav.scripts.short")
                                    .with("/portal/script")
                                    .needs(Permission.VPS_CREATE),
                            new Destination("/portal/members", "people", "nav.members")
                                    .needs(Permission.MEMBERS_MANAGE),
                            new Destination("/portal/keys", "lock", "nav.keys")
                                    .needs(Permission.SETTINGS_MANAGE)
                                    .asOneself())));
        }
    },
    /** The reseller's staff. */
    STAFF("/staff", "building") {
        @Override
        public List<Section> sections() {
            return List.of(
                    new Section(
                            "",
                            List.of(
                                    new Destination("/staff", "home", "nav.dashboard").with("/staff/revenue"),
                                    new Destination("/staff/customers", "people", "nav.customers")
                                            .with(
                                                    "/staff/customer",
                                                    "/staff/customer-members",
                                                    "/staff/add-customer",
                                                    "/staff/order",
                                                    "/staff/quota",
                                                    "/staff/act",
                                                    "/staff/pool",
                                                    "/staff/charge",
                                                    "/staff/account")
                                            .needs(Permission.STAFF_CUSTOMERS_VIEW),
                                    new Destination("/staff/invoices", "file", "nav.invoices")
                                            .with(
                                                    "/staff/invoice",
                                                    "/staff/invoice-line",
                                                    "/staff/invoice-settings",
                                                    "/staff/invoice-template",
                                                    "/staff/tax",
                                                    "/staff/tax-status")
                                            .needs(Permission.STAFF_WALLETS_VIEW),
                                    new Destination("/staff/bank", "wallet", "nav.bank")
                                            .inShort("nav.bank.short")
                                            .with("/staff/bank-line", "/staff/bank-import", "/staff/bank-review")
                                            .needs(Permission.STAFF_WALLETS_VIEW),
                                    new Destination("/staff/services", "server", "nav.services")
                                            .with(
                                                    "/staff/service",
                                                    "/staff/service-network",
                                                    "/staff/service-settings",
                                                    "/staff/service-rebuild",
                                                    "/staff/service-disks",
                                                    "/staff/service-copies",
                                                    "/staff/service-snapshots",
                                                    "/staff/volume",
                                                    "/staff/snapshot",
                                                    "/staff/address",
                                                    "/staff/service-metrics",
                                                    "/staff/terminal",
                                                    "/staff/screen")
                                            .needs(Permission.STAFF_SERVICES_VIEW),
                                    new Destination("/staff/debts", "calendar", "nav.debts")
                                            .with("/staff/debtor", "/staff/ladder")
                                            .needs(Permission.STAFF_WALLETS_VIEW),
                                    new Destination("/staff/approvals", "check", "nav.approvals")
                                            .with("/staff/approval")
                                            .needs(Permission.STAFF_WALLETS_VIEW),
                                    new Destination("/staff/settlements", "wallet", "nav.settlements")
                                            .inShort("nav.settlements.short")
                                            .with("/staff/settlement", "/staff/settlement-line")
                                            .needs(Permission.STAFF_CHARGING_VIEW),
                                    new Destination("/staff/books", "list", "nav.books")
                                            .with("/staff/datev")
                                            .needs(Permission.STAFF_WALLETS_VIEW, Permission.STAFF_CHARGING_VIEW),
                                    new Destination("/staff/reports", "list", "nav.reports")
                                            .needs(Permission.STAFF_WALLETS_VIEW, Permission.STAFF_CHARGING_VIEW),
                                    new Destination("/staff/what-if", "list", "nav.what-if")
                                            .needs(Permission.STAFF_WALLETS_VIEW, Permission.STAFF_CHARGING_VIEW),
                                    new Destination("/staff/plans", "layers", "nav.plans")
                                            .with(
                                                    "/staff/plan",
                                                    "/staff/add-plan",
                                                    "/staff/transfer",
                                                    "/staff/options",
                                                    "/staff/wholesale-prices",
                                                    "/staff/currencies")
                                            .needs(Permission.STAFF_PLANS_VIEW),
                                    new Destination("/staff/ordering", "check", "nav.ordering")
                                            .needs(Permission.STAFF_SETTINGS_MANAGE),
                                    new Destination("/staff/providers", "bolt", "nav.providers")
                                            .with(
                                                    "/staff/provider",
                                                    "/staff/add-provider",
                                                    "/staff/stock",
                                                    "/staff/stock-places",
                                                    "/staff/stock-images",
                                                    "/staff/sell")
                                            .needs(Permission.STAFF_PROVIDERS_VIEW),
                                    new Destination("/staff/findings", "eye", "nav.findings")
                                            .with("/staff/finding", "/staff/option-finding")
                                            .needs(Permission.STAFF_SERVICES_VIEW),
                                    new Destination(Shell.DECISIONS, "alert", "nav.decisions")
                                            .with("/staff/decision")
                                            .needs(Permission.STAFF_SERVICES_VIEW))),
                    new Section(
                            "nav.public",
                            List.of(
                                    new Destination("/staff/enquiries", "chat", "nav.enquiries")
                                            .needs(Permission.STAFF_CUSTOMERS_VIEW),
                                    new Destination("/staff/mails", "mail", "nav.mails")
                                            .with("/staff/mail")
                                            .needs(Permission.STAFF_SETTINGS_MANAGE),
                                    new Destination("/staff/news", "bell", "nav.news")
                                            .inShort("nav.news.short")
                                            .needs(Permission.STAFF_SETTINGS_MANAGE),
                                    new Destination("/staff/disruptions", "pulse", "nav.disruptions")
                                            .needs(Permission.STAFF_SERVICES_MANAGE),
                                    new Destination("/staff/site", "globe", "nav.site")
                                            .with("/staff/question", "/staff/place")
                                            .needs(Permission.STAFF_SETTINGS_MANAGE),
                                    new Destination("/staff/brand", "palette", "nav.brand")
                                            .with("/staff/legal")
                                            .needs(Permission.STAFF_SETTINGS_MANAGE))),
                    new Section(
                            "nav.access",
                            List.of(
                                    new Destination("/staff/team", "people", "nav.team")
                                            .needs(Permission.STAFF_MEMBERS_MANAGE),
                                    new Destination("/staff/keys", "key", "nav.keys")
                                            .needs(Permission.STAFF_SETTINGS_MANAGE),
                                    new Destination("/staff/audit", "list", "nav.audit")
                                            .needs(Permission.STAFF_AUDIT_VIEW),
                                    new Destination("/staff/recordings", "terminal", "nav.recordings")
                                            .needs(Permission.STAFF_SERVICES_MANAGE))));
        }
    },
    /** The platform's operators. */
    CONSOLE("/console", "layers") {
        @Override
        public List<Section> sections() {
            return List.of(
                    new Section(
                            "",
                            List.of(
                                    new Destination("/console", "home", "nav.overview"),
                                    new Destination("/console/tenants", "building", "nav.tenants")
                                            .needs(Permission.PLATFORM_TENANTS_VIEW),
                                    new Destination("/console/settlements", "wallet", "nav.settlements.all")
                                            .with(
                                                    "/console/settlements/one",
                                                    "/console/settlements/groups",
                                                    "/console/settlements/seller",
                                                    "/console/settlements/paper",
                                                    "/console/settlements/credit",
                                                    "/console/settlements/payment",
                                                    "/console/settlements/line")
                                            .inShort("nav.settlements.all.short")
                                            .needs(Permission.PLATFORM_TENANTS_VIEW),
                                    new Destination("/console/price-lists", "tag", "nav.price-lists")
                                            .inShort("nav.price-lists.short")
                                            .with("/console/price-lists/one", "/console/price-lists/accounts")
                                            .needs(Permission.PLATFORM_TENANTS_VIEW),
                                    new Destination("/console/rates", "globe", "nav.rates")
                                            .inShort("nav.rates.short")
                                            .needs(Permission.PLATFORM_TENANTS_VIEW))),
                    new Section(
                            "nav.operation",
                            List.of(
                                    new Destination("/console/runs", "refresh", "nav.runs")
                                            .inShort("nav.runs.short")
                                            .needs(Permission.PLATFORM_RUNS_VIEW),
                                    new Destination("/console/invoicing", "file", "nav.invoicing")
                                            .inShort("nav.invoicing.short")
                                            .needs(Permission.PLATFORM_RUNS_VIEW),
                                    new Destination("/console/work", "bolt", "nav.work")
                                            .inShort("nav.work.short")
                                            .needs(Permission.PLATFORM_RUNS_VIEW),
                                    new Destination("/console/auditor", "shield", "nav.auditor")
                                            .needs(Permission.PLATFORM_HEALTH_VIEW),
                                    new Destination("/console/health", "pulse", "nav.health")
                                            .needs(Permission.PLATFORM_HEALTH_VIEW),
                                    new Destination("/console/secrets", "lock", "nav.secrets")
                                            .needs(Permission.PLATFORM_HEALTH_VIEW))),
                    new Section(
                            "nav.access",
                            List.of(
                                    new Destination("/console/operators", "people", "nav.operators")
                                            .needs(Permission.PLATFORM_OPERATORS_MANAGE),
                                    new Destination("/console/audit", "list", "nav.audit")
                                            .needs(Permission.PLATFORM_AUDIT_VIEW),
                                    new Destination("/console/keys", "key", "nav.keys")
                                            .needs(Permission.PLATFORM_OPERATORS_MANAGE))));
        }
    };

    private final String path;
    private final String icon;

    Navigation(String path, String icon) {
        this.path = path;
        this.icon = icon;
    }

    /** Its navigation, in order. */
    public abstract List<Section> sections();

    /** Its first page; its other pages are below. */
    public String getPath() {
        return path;
    }

    /** What stands for it beside the name of whose it is. */
    public String getIcon() {
        return icon;
    }

    /** The key of its name. */
    public String getLabel() {
        return "surface." + path.substring(1);
    }

    /** The surface that a path belongs to; pages outside all of them are shown with the portal's frame. */
    static Navigation of(String path) {
        for (var surface : values()) {
            if (path.equals(surface.path) || path.startsWith(surface.path + "/")) {
                return surface;
            }
        }
        return PORTAL;
    }
}
