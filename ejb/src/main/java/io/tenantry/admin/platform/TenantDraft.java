package io.tenantry.admin.platform;

import io.tenantry.brand.Colour;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.kernel.time.TimeZones;
import io.tenantry.people.identity.EmailAddress;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import io.tenantry.text.HostName;
import io.tenantry.text.InputText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The input for a new reseller. All values are as typed; {@link #faults} returns the invalid fields.
 *
 * @param hosts the first is the primary one
 * @param primary color as {@code #rrggbb}; adjusted where text would not be legible on it
 * @param logo PNG made by {@code ImageUpload}, if there is one
 * @param staffEmail the first member of staff, who becomes the reseller's owner
 */
public record TenantDraft(
        String slug,
        String name,
        List<String> hosts,
        String currency,
        String zone,
        String locale,
        String primary,
        String secondary,
        String accent,
        Optional<byte[]> logo,
        String staffName,
        String staffEmail) {

    /** The languages of pages and mails. */
    public static final Set<String> LANGUAGES = Set.of("en", "de");

    private static final Set<String> RESERVED = Set.of(
            "platform",
            "work",
            "batch",
            "public",
            "admin",
            "api",
            "www",
            "mail",
            "root",
            "system",
            "tenantry",
            "console",
            "staff",
            "portal",
            "support",
            "status",
            "login",
            "auth",
            "nobody",
            "postgres",
            "information-schema");
    /** The maximum number of initial hosts. */
    static final int HOSTS_MAX = 50;

    private static final int NAME_MAX = 60;
    private static final int STAFF_NAME_MAX = 100;

    public TenantDraft {
        hosts = hosts.stream().map(TenantDraft::asciiHost).toList();
    }

    /** Fields that can be invalid. */
    public enum Field {
        SLUG,
        NAME,
        HOSTS,
        CURRENCY,
        TIME_ZONE,
        LOCALE,
        PRIMARY,
        SECONDARY,
        ACCENT,
        STAFF_NAME,
        STAFF_EMAIL
    }

    /** The kinds of faults. */
    public enum FaultKind {
        /** Malformed. */
        MALFORMED,
        /** Reserved for the platform. */
        RESERVED,
        /** Another tenant has it. */
        TAKEN,
        /** Required, but empty. */
        MISSING,
        /** Unknown. */
        UNKNOWN,
        /** More than allowed. */
        TOO_MANY
    }

    /** One fault: the field, the kind, and the value found. */
    public record Fault(Field field, FaultKind why, String found) {}

    /** Returns all faults of this draft, given the existing tenants. */
    public List<Fault> faults(List<Tenant> existing, String platformHost) {
        var faults = new ArrayList<Fault>();
        slugFault(existing).ifPresent(faultKind -> faults.add(new Fault(Field.SLUG, faultKind, slug)));
        if (!isName(name)) {
            faults.add(new Fault(Field.NAME, name.isBlank() ? FaultKind.MISSING : FaultKind.MALFORMED, name));
        }
        if (hosts.isEmpty()) {
            faults.add(new Fault(Field.HOSTS, FaultKind.MISSING, ""));
        }
        if (hosts.size() > HOSTS_MAX) {
            faults.add(new Fault(Field.HOSTS, FaultKind.TOO_MANY, String.valueOf(hosts.size())));
        }
        for (var host : hosts.subList(0, Math.min(hosts.size(), HOSTS_MAX))) {
            hostFault(host, existing, platformHost)
                    .ifPresent(faultKind -> faults.add(new Fault(Field.HOSTS, faultKind, host)));
        }
        if (CurrencyUnits.current().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(currency))) {
            faults.add(new Fault(Field.CURRENCY, FaultKind.UNKNOWN, currency));
        }
        if (!TimeZones.isKnown(zone)) {
            faults.add(new Fault(Field.TIME_ZONE, FaultKind.UNKNOWN, zone));
        }
        if (!isLocale(locale)) {
            faults.add(new Fault(Field.LOCALE, FaultKind.UNKNOWN, locale));
        }
        colourFault(Field.PRIMARY, primary).ifPresent(faults::add);
        colourFault(Field.SECONDARY, secondary).ifPresent(faults::add);
        colourFault(Field.ACCENT, accent).ifPresent(faults::add);
        if (staffName.isBlank()
                || staffName.strip().length() > STAFF_NAME_MAX
                || !InputText.isLine(staffName.strip())) {
            faults.add(new Fault(
                    Field.STAFF_NAME, staffName.isBlank() ? FaultKind.MISSING : FaultKind.MALFORMED, staffName));
        }
        if (staffEmail.isBlank()) {
            faults.add(new Fault(Field.STAFF_EMAIL, FaultKind.MISSING, ""));
        } else if (EmailAddress.of(staffEmail).isEmpty()) {
            faults.add(new Fault(Field.STAFF_EMAIL, FaultKind.MALFORMED, staffEmail));
        }
        return List.copyOf(faults);
    }

    /** Accepts a language with an optional script and country; extensions and variants would change digits and calendars. */
    private static boolean isLocale(String tag) {
        var locale = Locale.forLanguageTag(tag);
        return LANGUAGES.contains(locale.getLanguage())
                && !locale.hasExtensions()
                && locale.getVariant().isEmpty()
                && locale.toLanguageTag().equalsIgnoreCase(tag);
    }

    private Optional<FaultKind> slugFault(List<Tenant> existing) {
        if (slug.isBlank()) {
            return Optional.of(FaultKind.MISSING);
        }
        if (!TenantId.isSlug(slug)) {
            return Optional.of(FaultKind.MALFORMED);
        }
        if (RESERVED.contains(slug)) {
            return Optional.of(FaultKind.RESERVED);
        }
        return existing.stream().anyMatch(tenant -> tenant.id().value().equals(slug))
                ? Optional.of(FaultKind.TAKEN)
                : Optional.empty();
    }

    /** Whether the text is valid as a reseller's name. */
    static boolean isName(String name) {
        return !name.isBlank() && name.strip().length() <= NAME_MAX && InputText.isLine(name.strip());
    }

    /** Returns why a host cannot be a reseller's, given the hosts of all. */
    static Optional<FaultKind> hostFault(String host, List<Tenant> existing, String platformHost) {
        if (host.length() > 253
                || !host.matches("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")) {
            return Optional.of(FaultKind.MALFORMED);
        }
        if (host.equals(platformHost)) {
            return Optional.of(FaultKind.RESERVED);
        }
        return existing.stream().anyMatch(tenant -> tenant.hosts().contains(host))
                ? Optional.of(FaultKind.TAKEN)
                : Optional.empty();
    }

    private static Optional<Fault> colourFault(Field field, String colour) {
        return Colour.isColour(colour.strip().toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(new Fault(field, FaultKind.MALFORMED, colour));
    }

    /** Converts names in other scripts to ASCII, as browsers send them; what cannot be converted is left to validation. */
    static String asciiHost(String typed) {
        return HostName.ascii(typed).orElseGet(() -> InputText.searchTerm(typed).toLowerCase(Locale.ROOT));
    }
}
