package io.tenantry.people.identity;

import java.util.List;
import java.util.Set;

/**
 * A single right, by the name under which roles store it. Those of organizations (nineteen, and the console) are known to integrators by
 * these names and are never renamed; those of staff and operators begin with {@code staff_} and {@code platform_}.
 */
public final class Permission {
    public static final String VPS_VIEW = "vps_view";
    public static final String VPS_CREATE = "vps_create";
    public static final String VPS_DELETE = "vps_delete";
    public static final String VPS_MANAGE = "vps_manage";
    public static final String VPS_CONSOLE = "vps_console";
    public static final String ORGANIZATION_VIEW = "organization_view";
    public static final String NOTES_MANAGE = "notes_manage";
    public static final String SSH_KEYS_VIEW = "ssh_keys_view";
    public static final String SSH_KEYS_MANAGE = "ssh_keys_manage";
    public static final String TICKETS_VIEW = "tickets_view";
    public static final String TICKETS_CREATE = "tickets_create";
    public static final String TICKETS_MANAGE = "tickets_manage";
    public static final String BILLING_VIEW = "billing_view";
    public static final String BILLING_MANAGE = "billing_manage";
    public static final String EGRESS_VIEW = "egress_view";
    public static final String EGRESS_MANAGE = "egress_manage";
    public static final String MEMBERS_MANAGE = "members_manage";
    public static final String SETTINGS_MANAGE = "settings_manage";
    public static final String HOSTING_VIEW = "hosting_view";
    public static final String HOSTING_MANAGE = "hosting_manage";

    public static final String STAFF_CUSTOMERS_VIEW = "staff_customers_view";
    public static final String STAFF_CUSTOMERS_MANAGE = "staff_customers_manage";
    public static final String STAFF_CUSTOMERS_IMPERSONATE = "staff_customers_impersonate";
    public static final String STAFF_PLANS_VIEW = "staff_plans_view";
    public static final String STAFF_PLANS_MANAGE = "staff_plans_manage";
    public static final String STAFF_PROVIDERS_VIEW = "staff_providers_view";
    public static final String STAFF_PROVIDERS_MANAGE = "staff_providers_manage";
    public static final String STAFF_SERVICES_VIEW = "staff_services_view";
    public static final String STAFF_SERVICES_MANAGE = "staff_services_manage";
    public static final String STAFF_BILLING_VIEW = "staff_billing_view";
    public static final String STAFF_BILLING_MANAGE = "staff_billing_manage";
    public static final String STAFF_ADJUSTMENTS_APPROVE = "staff_adjustments_approve";
    public static final String STAFF_ACCOUNTING_VIEW = "staff_accounting_view";
    public static final String STAFF_AUDIT_VIEW = "staff_audit_view";
    public static final String STAFF_MEMBERS_MANAGE = "staff_members_manage";
    public static final String STAFF_SETTINGS_MANAGE = "staff_settings_manage";

    public static final String PLATFORM_TENANTS_VIEW = "platform_tenants_view";
    public static final String PLATFORM_TENANTS_MANAGE = "platform_tenants_manage";
    public static final String PLATFORM_CHARGING_VIEW = "platform_charging_view";
    public static final String PLATFORM_CHARGING_MANAGE = "platform_charging_manage";
    public static final String PLATFORM_AUDITOR_RUN = "platform_auditor_run";
    public static final String PLATFORM_HEALTH_VIEW = "platform_health_view";
    public static final String PLATFORM_AUDIT_VIEW = "platform_audit_view";
    public static final String PLATFORM_OPERATORS_MANAGE = "platform_operators_manage";

    /** Permissions of members within an organization. */
    public static final List<String> OF_ORGANIZATIONS = List.of(
            VPS_VIEW,
            VPS_CREATE,
            VPS_DELETE,
            VPS_MANAGE,
            VPS_CONSOLE,
            ORGANIZATION_VIEW,
            NOTES_MANAGE,
            SSH_KEYS_VIEW,
            SSH_KEYS_MANAGE,
            TICKETS_VIEW,
            TICKETS_CREATE,
            TICKETS_MANAGE,
            BILLING_VIEW,
            BILLING_MANAGE,
            EGRESS_VIEW,
            EGRESS_MANAGE,
            MEMBERS_MANAGE,
            SETTINGS_MANAGE,
            HOSTING_VIEW,
            HOSTING_MANAGE);

    /** Permissions in roles whose features are not available yet; no page or API key offers them. */
    private static final Set<String> UNAVAILABLE =
            Set.of(TICKETS_VIEW, TICKETS_CREATE, TICKETS_MANAGE, HOSTING_VIEW, HOSTING_MANAGE);

    /** Scopes that members can select for an API key: permissions of available features. */
    public static final List<String> MEMBER_KEY_SCOPES = OF_ORGANIZATIONS.stream()
            .filter(permission -> !UNAVAILABLE.contains(permission))
            .toList();

    /** Permissions of staff within their reseller. */
    public static final List<String> OF_STAFF = List.of(
            STAFF_CUSTOMERS_VIEW,
            STAFF_CUSTOMERS_MANAGE,
            STAFF_CUSTOMERS_IMPERSONATE,
            STAFF_PLANS_VIEW,
            STAFF_PLANS_MANAGE,
            STAFF_PROVIDERS_VIEW,
            STAFF_PROVIDERS_MANAGE,
            STAFF_SERVICES_VIEW,
            STAFF_SERVICES_MANAGE,
            STAFF_BILLING_VIEW,
            STAFF_BILLING_MANAGE,
            STAFF_ADJUSTMENTS_APPROVE,
            STAFF_ACCOUNTING_VIEW,
            STAFF_AUDIT_VIEW,
            STAFF_MEMBERS_MANAGE,
            STAFF_SETTINGS_MANAGE);

    /** Permissions of operators on the platform. */
    public static final List<String> OF_OPERATORS = List.of(
            PLATFORM_TENANTS_VIEW,
            PLATFORM_TENANTS_MANAGE,
            PLATFORM_CHARGING_VIEW,
            PLATFORM_CHARGING_MANAGE,
            PLATFORM_AUDITOR_RUN,
            PLATFORM_HEALTH_VIEW,
            PLATFORM_AUDIT_VIEW,
            PLATFORM_OPERATORS_MANAGE);

    /**
     * Permissions of an owner that staff do not have while impersonating one: paying, deciding on the organization's members, and working in
     * its servers, where the two cannot be distinguished.
     */
    static final Set<String> OF_OWNERS_ALONE = Set.of(BILLING_MANAGE, EGRESS_MANAGE, MEMBERS_MANAGE, VPS_CONSOLE);

    private Permission() {}

    /**
     * Returns the permission that staff need to do in a customer's organization what its members need {@code permission} for.
     *
     * @throws IllegalArgumentException if it is not a permission of organizations
     */
    static String staffNeed(String permission) {
        return switch (permission) {
            case VPS_VIEW, HOSTING_VIEW -> STAFF_SERVICES_VIEW;
            case VPS_CREATE, VPS_DELETE, VPS_MANAGE, VPS_CONSOLE, HOSTING_MANAGE, SSH_KEYS_MANAGE ->
                STAFF_SERVICES_MANAGE;
            case BILLING_VIEW, EGRESS_VIEW -> STAFF_BILLING_VIEW;
            case BILLING_MANAGE, EGRESS_MANAGE -> STAFF_BILLING_MANAGE;
            case ORGANIZATION_VIEW, SSH_KEYS_VIEW, TICKETS_VIEW -> STAFF_CUSTOMERS_VIEW;
            case NOTES_MANAGE, TICKETS_CREATE, TICKETS_MANAGE, MEMBERS_MANAGE, SETTINGS_MANAGE ->
                STAFF_CUSTOMERS_MANAGE;
            default -> throw new IllegalArgumentException("not a permission of organizations: " + permission);
        };
    }
}
