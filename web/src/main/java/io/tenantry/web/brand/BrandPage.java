package io.tenantry.web.brand;

import io.tenantry.brand.Brand;
import io.tenantry.brand.BrandDraft;
import io.tenantry.brand.BrandEditor;
import io.tenantry.brand.BrandImages;
import io.tenantry.brand.Contact;
import io.tenantry.brand.Density;
import io.tenantry.brand.Font;
import io.tenantry.brand.FooterLink;
import io.tenantry.brand.ImageDecoder;
import io.tenantry.brand.ImageUpload;
import io.tenantry.brand.Preset;
import io.tenantry.brand.SignInBackground;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.undo.UndoAction;
import io.tenantry.web.undo.UndoActions;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.primefaces.event.FileUploadEvent;

/**
 * The brand editor: a draft that is invisible to others until it is published, the earlier versions and their restoration. Images of the draft
 * are stored in the database; the page keeps their ids.
 */
@Named
@ViewScoped
public class BrandPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    ImageDecoder images;

    @Inject
    BrandEditor editor;

    @Inject
    UndoActions undoActions;

    @Inject
    Format format;

    private final BrandForm form = new BrandForm();
    private final Map<ImageUpload.Kind, UUID> pictures = new EnumMap<>(ImageUpload.Kind.class);
    private long base;
    private boolean isTouched;
    private transient @Nullable List<BrandEditor.Version> versions;

    /** Loads the brand in force, if the user may change it. */
    public void open() {
        PageResult.load(() -> begin(editor.current()));
    }

    private void begin(Brand brand) {
        base = brand.version();
        form.of(brand);
        pictures.clear();
        keep(ImageUpload.Kind.LOGO, brand.brandImages().logo());
        keep(ImageUpload.Kind.LOGO_DARK, brand.brandImages().logoDark());
        keep(ImageUpload.Kind.ICON, brand.brandImages().icon());
        keep(ImageUpload.Kind.BACKDROP, brand.brandImages().backdrop());
    }

    private void keep(ImageUpload.Kind kind, Optional<UUID> id) {
        id.ifPresent(known -> pictures.put(kind, known));
    }

    /** Accepts an uploaded image; the re-encoded image is kept, not the upload. */
    public void upload(FileUploadEvent event) {
        var kind = ImageUpload.Kind.valueOf(
                String.valueOf(event.getComponent().getAttributes().get("kind")));
        var outcome = images.of(kind, event.getFile().getContent());
        if (outcome instanceof ImageUpload.Outcome.Accepted made) {
            pictures.put(kind, editor.keep(made));
            isTouched = true;
        } else if (outcome instanceof ImageUpload.Outcome.Refused refused) {
            PageResult.refuse(
                    event.getComponent().getClientId(),
                    format.text("brand.picture." + refused.reason().name().toLowerCase(Locale.ROOT), refused.found()));
        }
    }

    /** Removes an image. */
    public void drop(String kind) {
        pictures.remove(ImageUpload.Kind.valueOf(kind));
        isTouched = true;
    }

    /** Publishes the draft, or reports each invalid field. */
    public void publish() {
        var outcome = editor.publish(draft());
        if (outcome instanceof BrandEditor.Outcome.Invalid invalid) {
            for (var field : invalid.fields()) {
                if (field == BrandDraft.Field.SENDER_DOMAIN) {
                    PageResult.refuse(
                            "brand:sender_address", format.text("brand.wrong.sender_domain", getSenderDomains()));
                } else {
                    var part = field.name().toLowerCase(Locale.ROOT);
                    PageResult.refuse("brand:" + part, format.text("brand.wrong." + part));
                }
            }
        } else {
            ended(outcome);
        }
    }

    /** Returns the domains that the sender's address may use, as a list in one text. */
    public String getSenderDomains() {
        return String.join(", ", editor.senderDomains().names());
    }

    /** Restores an earlier version. */
    public void restore(long version) {
        ended(editor.restore(version));
    }

    private void ended(BrandEditor.Outcome outcome) {
        if (outcome instanceof BrandEditor.Outcome.Published published) {
            var undo = undoActions.keep(new UndoAction.BrandPublished(published.version()));
            PageResult.go("/staff/brand", format.text("brand.published", published.version()), undo);
        } else if (outcome instanceof BrandEditor.Outcome.Outdated) {
            PageResult.refuse(format.text("brand.outdated"));
        }
    }

    private BrandDraft draft() {
        return new BrandDraft(
                form.getName(),
                form.getPrimary(),
                form.getSecondary(),
                form.getAccent(),
                form.getNeutral(),
                form.getFont(),
                form.getRadius(),
                form.getDensity(),
                form.getBackdrop(),
                new Contact(
                        form.getSupportEmail(),
                        form.getSupportPhone(),
                        form.getSupportUrl(),
                        form.getSupportHours(),
                        form.getSenderName(),
                        form.getSenderAddress(),
                        form.getReplyTo()),
                form.getLinks().stream()
                        .filter(link -> !link.isEmpty())
                        .map(link -> new FooterLink(link.getLabel(), link.getUrl()))
                        .toList(),
                new BrandImages(
                        picture(ImageUpload.Kind.LOGO),
                        picture(ImageUpload.Kind.LOGO_DARK),
                        picture(ImageUpload.Kind.ICON),
                        picture(ImageUpload.Kind.BACKDROP)),
                base);
    }

    private Optional<UUID> picture(ImageUpload.Kind kind) {
        return Optional.ofNullable(pictures.get(kind));
    }

    /** Returns the address of an image of the draft; empty if there is none. */
    public String address(String kind) {
        return picture(ImageUpload.Kind.valueOf(kind))
                .map(id -> "/brand/picture?id=" + id)
                .orElse("");
    }

    /** Returns the accepted types of a file. */
    public String accept(String kind) {
        return ImageUpload.Kind.valueOf(kind).accept();
    }

    /** Whether images were changed, which the browser's comparison of fields cannot detect. */
    public boolean isTouched() {
        return isTouched;
    }

    public BrandForm getForm() {
        return form;
    }

    /** Returns the version in force when the page was opened. */
    public long getBase() {
        return base;
    }

    /** Returns the versions, the newest first. */
    public List<BrandEditor.Version> getVersions() {
        var known = versions;
        if (known == null) {
            known = editor.history();
            versions = known;
        }
        return known;
    }

    public Preset[] getPresets() {
        return Preset.values();
    }

    public Font[] getFonts() {
        return Font.values();
    }

    public Density[] getDensities() {
        return Density.values();
    }

    public SignInBackground[] getBackdrops() {
        return SignInBackground.values();
    }
}
