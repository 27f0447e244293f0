package io.tenantry.web.search;

import java.util.List;

/** Lines of one sort, under their name. */
public record PaletteGroup(String label, List<PaletteEntry> entries) {}
