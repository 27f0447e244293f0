package io.tenantry.web.admin;

import io.tenantry.admin.platform.TenantDraft;
import io.tenantry.admin.platform.Tenants;
import io.tenantry.brand.Colour;
import io.tenantry.brand.ImageDecoder;
import io.tenantry.brand.ImageUpload;
import io.tenantry.config.Settings;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.kernel.time.TimeZones;
import io.tenantry.people.identity.IssuedLink;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.Messages;
import jakarta.annotation.PostConstruct;
import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.primefaces.event.FileUploadEvent;

/** The creation of a reseller. The link for its first member of staff is shown once, on this page only. */
@Named
@ViewScoped
public class NewTenantPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<String> LOCALES =
            List.of("en-GB", "en-US", "en-IE", "en-CA", "en-AU", "de-DE", "de-AT", "de-CH");
    /** The currencies that resellers choose most often; the others follow in order of name. */
    private static final List<String> CURRENCIES_FIRST = List.of("EUR", "USD", "GBP", "CHF");

    @Inject
    ImageDecoder images;

    @Inject
    Tenants tenants;

    @Inject
    Settings settings;

    @Inject
    Format format;

    @Inject
    Language language;

    private @Nullable TenantForm form;
    private @Nullable CreatedReseller createdReseller;

    /**
     * The created reseller.
     *
     * @param link empty if the first member of staff could sign in already
     */
    public record CreatedReseller(
            String slug,
            String name,
            String signInUrl,
            String link,
            @Nullable Instant until) implements Serializable {}

    @PostConstruct
    void begin() {
        form = new TenantForm(settings.platformHost());
    }

    public TenantForm getForm() {
        if (form == null) {
            begin();
        }
        return java.util.Objects.requireNonNull(form);
    }

    /** Handles a change of the name. */
    public void named() {
        getForm().suggest();
    }

    /** Handles a change of the slug. */
    public void slugged() {
        getForm().suggestHost();
    }

    /** Accepts an uploaded logo; the re-encoded image is kept, not the upload. */
    public void upload(FileUploadEvent event) {
        var outcome = images.rasterOf(ImageUpload.Kind.LOGO, event.getFile().getContent());
        if (outcome instanceof ImageUpload.Outcome.Accepted drawn) {
            getForm().logo(drawn.content());
        } else if (outcome instanceof ImageUpload.Outcome.Refused refused) {
            getForm().logo(null);
            FacesMessages.at(
                    "new:logo",
                    format.text("brand.picture." + refused.reason().name().toLowerCase(Locale.ROOT), refused.found()));
        }
    }

    /** Removes the logo. */
    public void dropLogo() {
        getForm().logo(null);
    }

    /** Creates the reseller, or reports each invalid field. */
    public void create() {
        var draft = getForm().draft();
        var outcome = tenants.create(draft);
        if (outcome instanceof Tenants.Outcome.Invalid invalid) {
            invalid.faults().forEach(this::showFault);
        } else if (outcome instanceof Tenants.Outcome.InProgress) {
            showFault(new TenantDraft.Fault(TenantDraft.Field.SLUG, TenantDraft.FaultKind.TAKEN, draft.slug()));
        } else if (outcome instanceof Tenants.Outcome.Created created) {
            createdReseller = new CreatedReseller(
                    created.tenant().value(),
                    draft.name(),
                    created.signInUrl(),
                    created.link().map(IssuedLink::url).orElse(""),
                    created.link().map(IssuedLink::expiresAt).orElse(null));
        }
    }

    /** Returns the created reseller; null until it is created. */
    public @Nullable CreatedReseller getMade() {
        return createdReseller;
    }

    /** Returns the contrast advice for the colors; null while one of them is not a valid color. */
    public @Nullable ContrastAdvice getAdvice() {
        var typed = getForm();
        return Stream.of(typed.getPrimary(), typed.getSecondary(), typed.getAccent())
                        .allMatch(Colour::isColour)
                ? ContrastAdvice.of(
                        Colour.of(typed.getPrimary()), Colour.of(typed.getSecondary()), Colour.of(typed.getAccent()))
                : null;
    }

    /** Returns a preview of the logo as it will be stored. */
    public @Nullable String getLogoImage() {
        return getForm()
                .logo()
                .map(png -> "data:image/png;base64," + Base64.getEncoder().encodeToString(png))
                .orElse(null);
    }

    public List<SelectItem> getCurrencies() {
        var locale = language.getLocale();
        var others = CurrencyUnits.current().stream()
                .map(Currency::getCurrencyCode)
                .filter(code -> !CURRENCIES_FIRST.contains(code));
        return Stream.concat(CURRENCIES_FIRST.stream(), others)
                .map(code -> new SelectItem(
                        code, code + " – " + Currency.getInstance(code).getDisplayName(locale)))
                .toList();
    }

    public List<String> getZones() {
        return TimeZones.all();
    }

    public List<SelectItem> getLocales() {
        var locale = language.getLocale();
        return LOCALES.stream()
                .map(tag -> new SelectItem(tag, Locale.forLanguageTag(tag).getDisplayName(locale)))
                .toList();
    }

    private void showFault(TenantDraft.Fault fault) {
        var field = fault.field().name().toLowerCase(Locale.ROOT).replace('_', '-');
        var why = fault.why().name().toLowerCase(Locale.ROOT);
        var messages = new Messages(language.getLocale());
        var key = Optional.of("draft." + field + "." + why)
                .filter(known -> !messages.textOr(known, "").isEmpty())
                .orElse("draft." + why);
        FacesMessages.at("new:" + field, messages.text(key, fault.found()));
    }
}
