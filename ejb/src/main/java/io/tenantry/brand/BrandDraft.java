package io.tenantry.brand;

import io.tenantry.people.identity.EmailAddress;
import io.tenantry.text.InputText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A brand as entered in a form. {@link #faults} returns its invalid fields; {@link #brand} is for a draft without any.
 *
 * @param base the version on which it is based
 */
public record BrandDraft(
        String name,
        String primary,
        String secondary,
        String accent,
        String neutral,
        Font font,
        int radius,
        Density density,
        SignInBackground backdrop,
        Contact contact,
        List<FooterLink> links,
        BrandImages brandImages,
        long base) {
    public static final int LINKS_MAX = 6;

    private static final int TEXT_MAX = 120;
    private static final int LABEL_MAX = 40;
    private static final int URL_MAX = 300;
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}<>\",;:()\\[\\]\\\\]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ()/.-]{4,30}");

    /** Fields that can be invalid. */
    public enum Field {
        NAME,
        PRIMARY,
        SECONDARY,
        ACCENT,
        NEUTRAL,
        RADIUS,
        BACKDROP,
        SUPPORT_EMAIL,
        SUPPORT_PHONE,
        SUPPORT_URL,
        SUPPORT_HOURS,
        SENDER_NAME,
        SENDER_ADDRESS,
        /** An address, but not in one of the reseller's own domains; reported by {@link BrandEditor}. */
        SENDER_DOMAIN,
        REPLY_TO,
        LINKS
    }

    public BrandDraft {
        links = List.copyOf(links);
    }

    /** Returns all faults. */
    public List<Field> faults() {
        var faults = new ArrayList<Field>();
        check(faults, Field.NAME, !name.isBlank() && isLine(InputText.searchTerm(name), Brand.NAME_MAX));
        check(faults, Field.PRIMARY, isColour(primary));
        check(faults, Field.SECONDARY, isColour(secondary));
        check(faults, Field.ACCENT, isColour(accent));
        check(faults, Field.NEUTRAL, isColour(neutral));
        check(faults, Field.RADIUS, radius >= 0 && radius <= BrandStyle.RADIUS_MAX);
        check(
                faults,
                Field.BACKDROP,
                backdrop != SignInBackground.PICTURE || brandImages.backdrop().isPresent());
        check(faults, Field.SUPPORT_EMAIL, isAddress(contact.email()));
        check(
                faults,
                Field.SUPPORT_PHONE,
                contact.phone().isBlank()
                        || PHONE.matcher(InputText.searchTerm(contact.phone())).matches());
        check(faults, Field.SUPPORT_URL, contact.url().isBlank() || isWeb(contact.url()));
        check(faults, Field.SUPPORT_HOURS, isLine(contact.hours(), TEXT_MAX));
        check(faults, Field.SENDER_NAME, isLine(contact.senderName(), Brand.NAME_MAX));
        check(faults, Field.SENDER_ADDRESS, isAddress(contact.senderAddress()));
        check(faults, Field.REPLY_TO, isAddress(contact.replyTo()));
        check(
                faults,
                Field.LINKS,
                links.size() <= LINKS_MAX
                        && links.stream()
                                .allMatch(link -> !link.label().isBlank()
                                        && isLine(link.label(), LABEL_MAX)
                                        && isWeb(link.url())));
        return List.copyOf(faults);
    }

    /** Returns the brand of a valid draft. */
    public Brand brand() {
        return new Brand(
                InputText.searchTerm(name),
                new BrandStyle(
                        colour(primary),
                        colour(secondary),
                        colour(accent),
                        colour(neutral),
                        font,
                        radius,
                        density,
                        backdrop),
                new Contact(
                        email(contact.email()),
                        InputText.searchTerm(contact.phone()),
                        InputText.searchTerm(contact.url()),
                        InputText.searchTerm(contact.hours()),
                        InputText.searchTerm(contact.senderName()),
                        email(contact.senderAddress()),
                        email(contact.replyTo())),
                links.stream()
                        .map(link -> new FooterLink(InputText.searchTerm(link.label()), InputText.trimmed(link.url())))
                        .toList(),
                brandImages,
                base);
    }

    /** Whether colors and corners are valid, so that the draft can be previewed while it is edited. */
    public boolean isShowable() {
        return Stream.of(primary, secondary, accent, neutral).allMatch(BrandDraft::isColour)
                && radius >= 0
                && radius <= BrandStyle.RADIUS_MAX;
    }

    private static void check(List<Field> faults, Field field, boolean isRight) {
        if (!isRight) {
            faults.add(field);
        }
    }

    private static boolean isColour(String typed) {
        return Colour.isColour(typed.strip());
    }

    private static Colour colour(String typed) {
        return Colour.of(typed.strip().toLowerCase(Locale.ROOT));
    }

    /** Of bounded length, and without anything that could start a new line, on a page or in a mail header. */
    private static boolean isLine(String text, int max) {
        return text.strip().length() <= max && InputText.isLine(text);
    }

    /** Normalized like all addresses; an invalid one is kept, to be refused. */
    private static String email(String text) {
        return EmailAddress.of(text).orElseGet(() -> InputText.searchTerm(text));
    }

    private static boolean isAddress(String text) {
        return InputText.isBlank(text)
                || EmailAddress.of(text)
                        .filter(address -> EMAIL.matcher(address).matches())
                        .isPresent();
    }

    /** Whether it is an absolute web URL without user name and password. */
    private static boolean isWeb(String text) {
        try {
            var url = new URI(InputText.trimmed(text));
            return text.strip().length() <= URL_MAX
                    && ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
                    && url.getHost() != null
                    && url.getUserInfo() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
