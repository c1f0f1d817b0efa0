// Incomplete gamma and beta functions and Student's t: what quantile tables and confidence intervals rest on.
#pragma once

namespace passalong {

double log_gamma(double x);                     // x > 0 (Lanczos 1964, g = 7, n = 9)
double gamma_p(double a, double x);             // regularised lower incomplete gamma
double gamma_q(double a, double x);             // its complement
double beta_cdf(double a, double b, double x);  // regularised incomplete beta
double student_cdf(double t, double df);        // Student's t distribution function
double student_quantile(double p, double df);   // its inverse, 0 < p < 1

}  // namespace passalong
