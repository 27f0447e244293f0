package io.tenantry.documents;

import java.awt.geom.Path2D;

/**
 * One or more characters as they are drawn together: a syllable, a letter with its marks, a sequence of emoji.
 *
 * @param text what is copied from the document and read aloud
 * @param outline in thousandths of the size of the font, y upwards
 * @param width how far it moves the pen, in the same unit
 * @param directionality the bidirectional class of its first character ({@link com.ibm.icu.lang.UCharacterDirection})
 */
record ComposedGlyph(String text, Path2D outline, int width, int directionality) {}
