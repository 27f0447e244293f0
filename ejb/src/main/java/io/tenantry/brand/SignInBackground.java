package io.tenantry.brand;

/** What stands behind the brand's words beside the sign-in. */
public enum SignInBackground {
    /** One plain colour. */
    NONE,
    /** Circles and stars, drawn in the brand's colours. */
    DRAWING,
    /** The two colours, running into each other. */
    GRADIENT,
    /** A picture of the brand's own, under a veil on which white text can be read. */
    PICTURE
}
