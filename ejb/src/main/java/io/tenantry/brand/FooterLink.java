package io.tenantry.brand;

/** A link in the footer of public pages. */
public record FooterLink(String label, String url) {}
