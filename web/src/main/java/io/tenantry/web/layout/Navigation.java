package io.tenantry.web.layout;

import io.tenantry.people.identity.Permission;
import java.util.List;
import java.util.stream.Stream;

/** The navigation of each of the three surfaces: its places and their order. */
public enum Navigation {
    /** A customer's members. */
    PORTAL("/portal", "building") {
        @Override
        public List<NavigationSection> sections() {
            return List.of(new NavigationSection(
                    "",
                    List.of(
                            new NavigationItem("/portal", "home", "nav.dashboard"),
                            new NavigationItem("/portal/services", "server", "nav.services")
                                    .with(
                                            "/portal/service",
                                            "/portal/service-network",
                                            "/portal/service-settings",
                                            "/portal/service-rebuild",
                                            "/portal/service-volumes",
                                            "/portal/service-backups",
                                            "/portal/service-snapshots",
                                            "/portal/volumes",
                                            "/portal/volume",
                                            "/portal/snapshots",
                                            "/portal/snapshot",
                                            "/portal/address",
                                            "/portal/service-metrics",
                                            "/portal/console",
                                            "/portal/vnc",
                                            "/portal/order")
                                    .needs(Permission.VPS_VIEW),
                            new NavigationItem("/portal/wallet", "wallet", "nav.wallet")
                                    .with("/portal/transfer", "/portal/charge")
                                    .needs(Permission.BILLING_VIEW),
                            new NavigationItem("/portal/invoices", "file", "nav.invoices")
                                    .with(
                                            "/portal/invoice",
                                            "/portal/invoice-line",
                                            "/portal/billing-address",
                                            "/portal/account-statement")
                                    .needs(Permission.BILLING_VIEW),
                            new NavigationItem("/portal/ssh-keys", "key", "nav.ssh-keys")
                                    .inShort("nav.ssh-keys.short")
                                    .needs(Permission.SSH_KEYS_VIEW),
                            new NavigationItem("/portal/scripts", "file", "nav.scripts")
                                    .inShort("nav.scripts.short")
                                    .with("/portal/script")
                                    .needs(Permission.VPS_CREATE),
                            new NavigationItem("/portal/members", "people", "nav.members")
                                    .needs(Permission.MEMBERS_MANAGE),
                            new NavigationItem("/portal/api-keys", "lock", "nav.keys")
                                    .needs(Permission.SETTINGS_MANAGE)
                                    .withoutImpersonation())));
        }
    },
    /** The reseller's staff. */
    STAFF("/staff", "building") {
        @Override
        public List<NavigationSection> sections() {
            return List.of(
                    new NavigationSection(
                            "",
                            Stream.of(customers(), accounting(), offers())
                                    .flatMap(List::stream)
                                    .toList()),
                    new NavigationSection("nav.public", publicSite()),
                    new NavigationSection("nav.access", access()));
        }

        private List<NavigationItem> customers() {
            return List.of(
                    new NavigationItem("/staff", "home", "nav.dashboard").with("/staff/revenue"),
                    new NavigationItem("/staff/customers", "people", "nav.customers")
                            .with(
                                    "/staff/customer",
                                    "/staff/customer-members",
                                    "/staff/add-customer",
                                    "/staff/order",
                                    "/staff/quota",
                                    "/staff/impersonate",
                                    "/staff/customer-transfer",
                                    "/staff/charge",
                                    "/staff/account-statement")
                            .needs(Permission.STAFF_CUSTOMERS_VIEW),
                    new NavigationItem("/staff/invoices", "file", "nav.invoices")
                            .with(
                                    "/staff/invoice",
                                    "/staff/invoice-line",
                                    "/staff/invoice-settings",
                                    "/staff/invoice-template",
                                    "/staff/tax",
                                    "/staff/tax-status")
                            .needs(Permission.STAFF_BILLING_VIEW),
                    new NavigationItem("/staff/bank", "wallet", "nav.bank")
                            .inShort("nav.bank.short")
                            .with("/staff/bank-line", "/staff/bank-import", "/staff/bank-review")
                            .needs(Permission.STAFF_BILLING_VIEW),
                    new NavigationItem("/staff/services", "server", "nav.services")
                            .with(
                                    "/staff/service",
                                    "/staff/service-network",
                                    "/staff/service-settings",
                                    "/staff/service-rebuild",
                                    "/staff/service-volumes",
                                    "/staff/service-backups",
                                    "/staff/service-snapshots",
                                    "/staff/volume",
                                    "/staff/snapshot",
                                    "/staff/address",
                                    "/staff/service-metrics",
                                    "/staff/console",
                                    "/staff/vnc")
                            .needs(Permission.STAFF_SERVICES_VIEW),
                    new NavigationItem("/staff/dunning", "calendar", "nav.dunning")
                            .with("/staff/customer-dunning", "/staff/dunning-policy")
                            .needs(Permission.STAFF_BILLING_VIEW),
                    new NavigationItem("/staff/approvals", "check", "nav.approvals")
                            .with("/staff/approval")
                            .needs(Permission.STAFF_BILLING_VIEW));
        }

        private List<NavigationItem> accounting() {
            return List.of(
                    new NavigationItem("/staff/settlements", "wallet", "nav.settlements")
                            .inShort("nav.settlements.short")
                            .with("/staff/settlement", "/staff/settlement-line")
                            .needs(Permission.STAFF_ACCOUNTING_VIEW),
                    new NavigationItem("/staff/accounting", "list", "nav.accounting")
                            .with("/staff/datev")
                            .needs(Permission.STAFF_BILLING_VIEW, Permission.STAFF_ACCOUNTING_VIEW),
                    new NavigationItem("/staff/reports", "list", "nav.reports")
                            .needs(Permission.STAFF_BILLING_VIEW, Permission.STAFF_ACCOUNTING_VIEW),
                    new NavigationItem("/staff/price-backtest", "list", "nav.price-backtest")
                            .needs(Permission.STAFF_BILLING_VIEW, Permission.STAFF_ACCOUNTING_VIEW));
        }

        private List<NavigationItem> offers() {
            return List.of(
                    new NavigationItem("/staff/plans", "layers", "nav.plans")
                            .with(
                                    "/staff/plan",
                                    "/staff/add-plan",
                                    "/staff/transfer-price",
                                    "/staff/addon-prices",
                                    "/staff/wholesale-prices",
                                    "/staff/currencies")
                            .needs(Permission.STAFF_PLANS_VIEW),
                    new NavigationItem("/staff/order-policy", "check", "nav.order-policy")
                            .needs(Permission.STAFF_SETTINGS_MANAGE),
                    new NavigationItem("/staff/providers", "bolt", "nav.providers")
                            .with(
                                    "/staff/provider",
                                    "/staff/add-provider",
                                    "/staff/provider-catalog",
                                    "/staff/provider-regions",
                                    "/staff/provider-images",
                                    "/staff/import-plans")
                            .needs(Permission.STAFF_PROVIDERS_VIEW),
                    new NavigationItem("/staff/discrepancies", "eye", "nav.discrepancies")
                            .with("/staff/discrepancy", "/staff/addon-discrepancy")
                            .needs(Permission.STAFF_SERVICES_VIEW),
                    new NavigationItem(PageFrame.DECISIONS, "alert", "nav.reviews")
                            .with("/staff/review")
                            .needs(Permission.STAFF_SERVICES_VIEW));
        }

        private List<NavigationItem> publicSite() {
            return List.of(
                    new NavigationItem("/staff/contact-messages", "chat", "nav.contact-messages")
                            .needs(Permission.STAFF_CUSTOMERS_VIEW),
                    new NavigationItem("/staff/mails", "mail", "nav.mails")
                            .with("/staff/mail")
                            .needs(Permission.STAFF_SETTINGS_MANAGE),
                    new NavigationItem("/staff/announcements", "bell", "nav.announcements")
                            .inShort("nav.announcements.short")
                            .needs(Permission.STAFF_SETTINGS_MANAGE),
                    new NavigationItem("/staff/incidents", "pulse", "nav.incidents")
                            .needs(Permission.STAFF_SERVICES_MANAGE),
                    new NavigationItem("/staff/site", "globe", "nav.site")
                            .with("/staff/faq-entry", "/staff/region-location")
                            .needs(Permission.STAFF_SETTINGS_MANAGE),
                    new NavigationItem("/staff/brand", "palette", "nav.brand")
                            .with("/staff/legal")
                            .needs(Permission.STAFF_SETTINGS_MANAGE));
        }

        private List<NavigationItem> access() {
            return List.of(
                    new NavigationItem("/staff/team", "people", "nav.team").needs(Permission.STAFF_MEMBERS_MANAGE),
                    new NavigationItem("/staff/api-keys", "key", "nav.keys").needs(Permission.STAFF_SETTINGS_MANAGE),
                    new NavigationItem("/staff/audit", "list", "nav.audit").needs(Permission.STAFF_AUDIT_VIEW),
                    new NavigationItem("/staff/recordings", "terminal", "nav.recordings")
                            .needs(Permission.STAFF_SERVICES_MANAGE));
        }
    },
    /** The platform's operators. */
    ADMIN("/admin", "layers") {
        @Override
        public List<NavigationSection> sections() {
            return List.of(
                    new NavigationSection(
                            "",
                            List.of(
                                    new NavigationItem("/admin", "home", "nav.overview"),
                                    new NavigationItem("/admin/tenants", "building", "nav.tenants")
                                            .needs(Permission.PLATFORM_TENANTS_VIEW),
                                    new NavigationItem("/admin/settlements", "wallet", "nav.settlements.all")
                                            .with(
                                                    "/admin/settlements/one",
                                                    "/admin/settlements/groups",
                                                    "/admin/settlements/seller",
                                                    "/admin/settlements/document",
                                                    "/admin/settlements/credit",
                                                    "/admin/settlements/payment",
                                                    "/admin/settlements/line")
                                            .inShort("nav.settlements.all.short")
                                            .needs(Permission.PLATFORM_TENANTS_VIEW),
                                    new NavigationItem("/admin/price-lists", "tag", "nav.price-lists")
                                            .inShort("nav.price-lists.short")
                                            .with("/admin/price-lists/one", "/admin/price-lists/accounts")
                                            .needs(Permission.PLATFORM_TENANTS_VIEW),
                                    new NavigationItem("/admin/exchange-rates", "globe", "nav.rates")
                                            .inShort("nav.rates.short")
                                            .needs(Permission.PLATFORM_TENANTS_VIEW))),
                    new NavigationSection(
                            "nav.operation",
                            List.of(
                                    new NavigationItem("/admin/runs", "refresh", "nav.runs")
                                            .inShort("nav.runs.short")
                                            .needs(Permission.PLATFORM_CHARGING_VIEW),
                                    new NavigationItem("/admin/invoicing", "file", "nav.invoicing")
                                            .inShort("nav.invoicing.short")
                                            .needs(Permission.PLATFORM_CHARGING_VIEW),
                                    new NavigationItem("/admin/work", "bolt", "nav.work")
                                            .inShort("nav.work.short")
                                            .needs(Permission.PLATFORM_CHARGING_VIEW),
                                    new NavigationItem("/admin/auditor", "shield", "nav.auditor")
                                            .needs(Permission.PLATFORM_HEALTH_VIEW),
                                    new NavigationItem("/admin/health", "pulse", "nav.health")
                                            .needs(Permission.PLATFORM_HEALTH_VIEW),
                                    new NavigationItem("/admin/secrets", "lock", "nav.secrets")
                                            .needs(Permission.PLATFORM_HEALTH_VIEW))),
                    new NavigationSection(
                            "nav.access",
                            List.of(
                                    new NavigationItem("/admin/operators", "people", "nav.operators")
                                            .needs(Permission.PLATFORM_OPERATORS_MANAGE),
                                    new NavigationItem("/admin/audit", "list", "nav.audit")
                                            .needs(Permission.PLATFORM_AUDIT_VIEW),
                                    new NavigationItem("/admin/api-keys", "key", "nav.keys")
                                            .needs(Permission.PLATFORM_OPERATORS_MANAGE))));
        }
    };

    private final String path;
    private final String icon;

    Navigation(String path, String icon) {
        this.path = path;
        this.icon = icon;
    }

    /** Returns its navigation sections, in order. */
    public abstract List<NavigationSection> sections();

    /** Returns the path of its first page; its other pages are below. */
    public String getPath() {
        return path;
    }

    /** Returns the icon beside the name of its owner. */
    public String getIcon() {
        return icon;
    }

    /** Returns the message key of its name. */
    public String getLabel() {
        return "area." + path.substring(1);
    }

    /** Returns the surface of a path; pages outside all surfaces are shown in the portal's frame. */
    static Navigation of(String path) {
        for (var surface : values()) {
            if (path.equals(surface.path) || path.startsWith(surface.path + "/")) {
                return surface;
            }
        }
        return PORTAL;
    }
}
