package io.tenantry.web.search;

import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Navigation;
import java.util.List;

/** The entries of the palette on each surface beyond its navigation: further pages, and pages that start an action. */
final class PaletteActions {
    private PaletteActions() {}

    /**
     * A page, or the page on which an action starts.
     *
     * @param label the message key of its name
     * @param needs the permissions that are required for it
     * @param where which brands have it
     */
    record Offer(String label, String icon, String path, List<String> needs, ActionScope where) {
        Offer(String label, String icon, String path, String need) {
            this(label, icon, path, List.of(need), ActionScope.EVERYWHERE);
        }
    }

    /** The brands that have a page. */
    enum ActionScope {
        EVERYWHERE,
        /** Brands with an export for DATEV. */
        DATEV
    }

    /** Returns the pages that are not in the navigation. */
    static List<Offer> pages(Navigation surface) {
        return switch (surface) {
            case PORTAL -> portalPages();
            case STAFF -> staffPages();
            case ADMIN -> adminPages();
        };
    }

    private static List<Offer> portalPages() {
        return List.of(
                new Offer("volumes.title", "layers", "/portal/volumes", Permission.VPS_VIEW),
                new Offer("snapshots.title", "layers", "/portal/snapshots", Permission.VPS_VIEW),
                new Offer("transfer.title", "pulse", "/portal/transfer", Permission.EGRESS_VIEW),
                new Offer("invoice.draft", "file", "/portal/invoice", Permission.BILLING_VIEW),
                new Offer("account.title", "wallet", "/portal/account-statement", Permission.BILLING_VIEW),
                new Offer("party.buyer.title", "building", "/portal/billing-address", Permission.BILLING_VIEW));
    }

    private static List<Offer> staffPages() {
        return List.of(
                new Offer("revenue.title", "wallet", "/staff/revenue", Permission.STAFF_ACCOUNTING_VIEW),
                new Offer("transfer.price.title", "pulse", "/staff/transfer-price", Permission.STAFF_PLANS_VIEW),
                new Offer("addon.title", "layers", "/staff/addon-prices", Permission.STAFF_PLANS_VIEW),
                new Offer("provider-catalog.title", "bolt", "/staff/provider-catalog", Permission.STAFF_PROVIDERS_VIEW),
                new Offer(
                        "provider-catalog.places.title",
                        "globe",
                        "/staff/provider-regions",
                        Permission.STAFF_PROVIDERS_VIEW),
                new Offer(
                        "provider-catalog.images.title",
                        "layers",
                        "/staff/provider-images",
                        Permission.STAFF_PROVIDERS_VIEW),
                new Offer("legal.title", "file", "/staff/legal", Permission.STAFF_SETTINGS_MANAGE),
                new Offer("tax.title", "file", "/staff/tax", Permission.STAFF_BILLING_VIEW),
                new Offer("currencies.title", "wallet", "/staff/currencies", Permission.STAFF_PLANS_VIEW),
                new Offer("wholesale.title", "file", "/staff/wholesale-prices", Permission.STAFF_PLANS_VIEW),
                new Offer("invoice.rules.title", "file", "/staff/invoice-settings", Permission.STAFF_BILLING_VIEW),
                new Offer("template.title", "palette", "/staff/invoice-template", Permission.STAFF_BILLING_VIEW),
                new Offer("dunning-policy.title", "calendar", "/staff/dunning-policy", Permission.STAFF_BILLING_VIEW),
                new Offer(
                        "datev.title",
                        "download",
                        "/staff/datev",
                        List.of(Permission.STAFF_BILLING_VIEW, Permission.STAFF_ACCOUNTING_VIEW),
                        ActionScope.DATEV));
    }

    private static List<Offer> adminPages() {
        return List.of(
                new Offer(
                        "settlement.seller.title",
                        "building",
                        "/admin/settlements/seller",
                        Permission.PLATFORM_TENANTS_VIEW),
                new Offer("groups.title", "people", "/admin/settlements/groups", Permission.PLATFORM_TENANTS_VIEW),
                new Offer(
                        "pricing.accounts",
                        "building",
                        "/admin/price-lists/accounts",
                        Permission.PLATFORM_TENANTS_VIEW));
    }

    /** Returns the actions that can be started. */
    static List<Offer> actions(Navigation surface) {
        return switch (surface) {
            case PORTAL ->
                List.of(
                        new Offer("search.do.service", "plus", "/portal/order", Permission.VPS_CREATE),
                        new Offer("ssh.add", "key", "/portal/ssh-keys", Permission.SSH_KEYS_MANAGE),
                        new Offer("script.add", "file", "/portal/script", Permission.VPS_CREATE));
            case STAFF ->
                List.of(
                        new Offer(
                                "search.do.customer", "plus", "/staff/add-customer", Permission.STAFF_CUSTOMERS_MANAGE),
                        new Offer("search.do.plan", "plus", "/staff/add-plan", Permission.STAFF_PLANS_MANAGE),
                        new Offer("provider.add", "plus", "/staff/add-provider", Permission.STAFF_PROVIDERS_MANAGE),
                        new Offer("announcement.add", "bell", "/staff/announcements", Permission.STAFF_SETTINGS_MANAGE),
                        new Offer("incidents.report", "pulse", "/staff/incidents", Permission.STAFF_SERVICES_MANAGE));
            case ADMIN ->
                List.of(
                        new Offer("search.do.tenant", "plus", "/admin/tenants/new", Permission.PLATFORM_TENANTS_MANAGE),
                        new Offer("runs.charge-now", "refresh", "/admin/runs", Permission.PLATFORM_CHARGING_MANAGE));
        };
    }
}
