/**
 * Non-negative linear regression that forgets, kept up tick by tick without garbage, with an honest standard error. Pure
 * arithmetic: it knows columns and observations, nothing of energy or models.
 */
@NullMarked
package io.inferwatt.core.attribution.regression;

import org.jspecify.annotations.NullMarked;
