package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Reason;
import io.tenantry.text.InputText;

/** Thrown for a vector drawing that cannot be rendered faithfully. */
final class UnsupportedSvg extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int FOUND_LENGTH_MAX = 60;

    private final Reason reason;
    private final String found;

    UnsupportedSvg(Reason reason) {
        this(reason, "");
    }

    /**
     * Creates a refusal with its reason and location.
     *
     * @param found an element, attribute or reference of the file
     */
    UnsupportedSvg(Reason reason, String found) {
        super(reason.name(), null, false, false);
        this.reason = reason;
        this.found = found.length() > FOUND_LENGTH_MAX ? InputText.cut(found, FOUND_LENGTH_MAX) + "\u2026" : found;
    }

    ImageUpload.Outcome.Refused refused() {
        return new ImageUpload.Outcome.Refused(reason, found);
    }
}
