package io.tenantry.documents;

import java.awt.geom.Path2D;

/**
 * One or more characters drawn together: a syllable, a letter with its marks, an emoji sequence.
 *
 * @param text the text for copying and screen readers
 * @param outline in thousandths of the font size, y upwards
 * @param width how far it advances the pen, in the same unit
 * @param directionality the bidirectional class of its first character ({@link com.ibm.icu.lang.UCharacterDirection})
 */
record ComposedGlyph(String text, Path2D outline, int width, int directionality) {}
