/**
 * What training rows count for: class weights. Validation and test rows are never weighted by
 * class.
 */
package dev.lakewright.sampling;
