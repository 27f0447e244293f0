package io.tenantry.brand;

/** The background of the brand's words beside the sign-in form. */
public enum SignInBackground {
    /** One plain color. */
    NONE,
    /** Circles and stars, drawn in the brand's colors. */
    DRAWING,
    /** A gradient of the two colors. */
    GRADIENT,
    /** A picture of the brand, under a veil on which white text is legible. */
    PICTURE
}
